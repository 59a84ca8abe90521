#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs scripts/check-layers on tiny trees, to show what it lets pass and what it reports."""
import subprocess
import tempfile
import unittest
from pathlib import Path

CHECKER = Path(__file__).resolve().parents[2] / "scripts" / "check-layers"

BASE = {
    "core/base/CMakeLists.txt": "weft_library(base SOURCES clock.h PUBLIC fmt::fmt)",
    "core/base/clock.h": "#include <chrono>\n",
    "core/net/CMakeLists.txt": "weft_library(net SOURCES prefix.h PUBLIC weft::base)",
    "core/net/prefix.h": '#include "core/base/clock.h"\n',
}


def run(files):
    """The exit status and the offences for a tree of BASE and `files`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**BASE, **files}.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run([CHECKER, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()[:-1]


class CheckLayers(unittest.TestCase):
    def reports(self, files, *texts):
        status, offences = run(files)
        self.assertEqual(status, 1, offences)
        self.assertEqual(len(offences), len(texts), offences)
        for offence, text in zip(offences, texts):
            self.assertIn(text, offence)

    def passes(self, files):
        status, offences = run(files)
        self.assertEqual((status, offences), (0, []))

    def test_passes_a_tree_whose_links_cover_its_includes(self):
        self.passes({
            "core/storage/CMakeLists.txt":
                "weft_library(\n  storage # engines\n  SOURCES a.cpp\n"
                "  PUBLIC weft::net\n  PRIVATE weft::proto)",
            "core/storage/a.cpp":
                '#include "core/net/prefix.h"\n#include "core/base/clock.h"\n'
                '#include "v1/node.pb.h"\n',
            "core/storage/memory/CMakeLists.txt":
                "weft_library(storage_memory SOURCES m.cpp PUBLIC weft::storage)",
            "core/storage/memory/m.cpp": '#include "core/net/prefix.h"\n',
        })

    def test_reports_an_include_that_the_link_line_lacks(self):
        self.reports(
            {"core/crypto/CMakeLists.txt": "weft_library(crypto SOURCES key.cpp PUBLIC weft::base)",
             "core/crypto/key.cpp": '\n#include "core/net/prefix.h"\n'},
            'core/crypto/key.cpp:2: includes core/net/prefix.h of weft::net, which is not in the '
            "link line of weft::crypto")

    def test_a_private_link_does_not_reach_through(self):
        self.reports(
            {"core/storage/CMakeLists.txt":
                 "weft_library(storage SOURCES s.h PRIVATE weft::net)",
             "core/storage/s.h": "",
             "core/mesh/CMakeLists.txt": "weft_library(mesh SOURCES m.cpp PUBLIC weft::storage)",
             "core/mesh/m.cpp": '#include "core/net/prefix.h"\n'},
            "not in the link line of weft::mesh")

    def test_reports_a_layer_above_even_when_it_is_linked(self):
        self.reports(
            {"core/api/CMakeLists.txt": "weft_library(api SOURCES a.h PUBLIC weft::crypto)",
             "core/api/a.h": '#include "core/crypto/key.h"\n',
             "core/crypto/CMakeLists.txt": "weft_library(crypto SOURCES key.h PUBLIC weft::base)",
             "core/crypto/key.h": ""},
            "core/api/CMakeLists.txt: weft::api links weft::crypto; api may not use crypto",
            "core/api/a.h:1: includes core/crypto/key.h; api may not use crypto: api is all")

    def test_config_platform_and_transport_never_use_each_other(self):
        self.reports(
            {"core/config/CMakeLists.txt": "weft_library(config SOURCES c.h PUBLIC weft::base)",
             "core/config/c.h": "",
             "core/platform/CMakeLists.txt":
                 "weft_library(platform SOURCES p.h)\n"
                 "target_link_libraries(weft_platform PRIVATE weft::config)",
             "core/platform/p.h": ""},
            "weft::platform links weft::config; platform may not use config")

    def test_wireguard_sees_interfaces_only(self):
        self.reports(
            {"core/platform/CMakeLists.txt": "weft_library(platform SOURCES tun.h linux/t.h)",
             "core/platform/tun.h": "",
             "core/platform/linux/t.h": "",
             "core/wireguard/CMakeLists.txt":
                 "weft_library(wireguard SOURCES w.cpp PUBLIC weft::platform)",
             "core/wireguard/w.cpp":
                 '#include "core/platform/tun.h"\n#include "core/platform/linux/t.h"\n'},
            "w.cpp:2: includes core/platform/linux/t.h: wireguard sees only the interfaces")

    def test_reports_a_cycle_of_targets(self):
        status, offences = run({
            "core/net/CMakeLists.txt": "weft_library(net SOURCES prefix.h PUBLIC weft::base)",
            "core/crypto/CMakeLists.txt": "weft_library(crypto SOURCES key.h PUBLIC weft::base)",
            "core/crypto/key.h": "",
            "core/base/CMakeLists.txt": "weft_library(base SOURCES clock.h PRIVATE weft::crypto)",
        })
        self.assertEqual(status, 1)
        self.assertTrue(
            any("depend on each other: base -> crypto -> base" in o for o in offences), offences)

    def test_reports_qt_outside_ui_and_app_gui(self):
        self.reports(
            {"core/base/clock.h": "#include <QtCore/qglobal.h>\n",
             "app/cli/main.cpp": "#include <QString>\n",
             "app/gui/main.cpp": "#include <QGuiApplication>\n",
             "ui/CMakeLists.txt": "weft_library(ui SOURCES u.h PRIVATE weft::net)",
             "ui/u.h": "#include <QObject>\n"},
            "core/base/clock.h:1: includes QtCore/qglobal.h: Qt is for ui and app/gui only",
            "app/cli/main.cpp:1: includes QString")

    def test_reports_grpc_outside_its_three_folders(self):
        self.reports(
            {"core/mesh/CMakeLists.txt": "weft_library(mesh SOURCES m.cpp PRIVATE weft::proto_grpc)",
             "core/mesh/m.cpp": '#include <grpcpp/server.h>\n#include "v1/mesh.grpc.pb.h"\n',
             "core/services/CMakeLists.txt":
                 "weft_library(services SOURCES s.cpp PRIVATE weft::proto_grpc)",
             "core/services/s.cpp": '#include <grpcpp/server.h>\n#include "v1/mesh.grpc.pb.h"\n'},
            "weft::mesh links weft::proto_grpc; mesh may not use proto_grpc",
            "core/mesh/m.cpp:1: includes grpcpp/server.h: gRPC is for",
            "core/mesh/m.cpp:2: includes v1/mesh.grpc.pb.h: gRPC is for")

    def test_reports_protobuf_where_it_is_not_known(self):
        self.reports(
            {"core/net/prefix.h": "#include <google/protobuf/message.h>\n"},
            "core/net/prefix.h:1: includes google/protobuf/message.h: net knows no protobuf")

    def test_ui_sees_api_only(self):
        self.reports(
            {"core/mesh/CMakeLists.txt": "weft_library(mesh SOURCES m.h)",
             "core/mesh/m.h": "",
             "ui/CMakeLists.txt": "qt_add_library(weft_ui STATIC u.h)",
             "ui/u.h": '#include "core/mesh/m.h"\n'},
            "includes core/mesh/m.h; ui may not use mesh",
            "not in the link line of weft::ui")

    def test_reports_headers_that_are_nowhere(self):
        self.reports(
            {"core/net/prefix.h": '#include "core/base/gone.h"\n#include "app/gui/x.h"\n'},
            "includes core/base/gone.h, which does not exist",
            "includes app/gui/x.h: nothing depends on programs and tests")

    def test_reports_a_folder_without_a_row(self):
        self.reports(
            {"core/utils/CMakeLists.txt": "weft_library(utils SOURCES u.h PUBLIC weft::base)",
             "core/utils/u.h": ""},
            "utils has no row in the layers table")

    def test_a_tree_without_sources_is_an_error(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([CHECKER, folder], capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
