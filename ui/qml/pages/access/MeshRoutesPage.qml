// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import Weft

/// The routes of the mesh itself, which tell everybody what lies behind whom.
PolicyPage {
    id: root

    heading: ""
    subheading: qsTr("What the mesh tells all its members. A node uses and offers of it what its own user wants.")
    iconName: "route"
    topMargin: 0
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
