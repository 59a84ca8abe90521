// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import Weft

/// The networks that members lead to.
PolicyPage {
    id: root

    heading: qsTr("Routes")
    subheading: qsTr("Networks behind members of the mesh")
    iconName: "route"
    ofRules: false
    sections: [
        PolicySection {
            name: qsTr("Routes")
            model: root.access.routes
            editor: root.access.route
            newText: qsTr("New route")
            emptyText: qsTr("No routes")
            emptyDetail: qsTr("A route leads to a network behind a member: an office, a lab, the Internet.")
            form: Component { RouteForm { app: root.app } }
        }
    ]
}
