#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The key of a node made by hand, held against vectors that were computed elsewhere."""
import unittest

import bench
import handmade_node


class TunnelKeyTest(unittest.TestCase):
    def test_a_node_key_becomes_the_key_of_its_tunnel(self):
        for node, tunnel in (("CAUSIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                              "RwHQhIhFH1RaQJ+1iuPlhYHKQKw/fxFGmM1x3qxzygE="),
                             ("CAUSICmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X",
                              "VzCACrNA/LGM5REe2p1wX5E4i0HkVEy9EDullC2yIz4=")):
            self.assertEqual(handmade_node.tunnel_key(node), tunnel)

    def test_another_type_or_length_is_no_key(self):
        for text in ("CAESIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4", "CAUSIA=="):
            with self.assertRaises(bench.Failure):
                handmade_node.tunnel_key(text)


if __name__ == "__main__":
    unittest.main()
