// SPDX-License-Identifier: Apache-2.0
// Not bound: the Loader of Qt 6.4 cannot make bound components. So qmllint misses the ids below.
// qmllint disable unqualified

import QtQuick
import Weft

/// Who may do what and who may reach whom.
PolicyPage {
    id: root

    heading: qsTr("Access")
    subheading: qsTr("Who reaches whom, and who may change the mesh")
    iconName: "lock"
    secondText: qsTr("Who reaches whom?")
    secondIcon: "swap"
    sections: [
        PolicySection {
            name: qsTr("Rules")
            model: root.access.rules
            editor: root.access.rule
            newText: qsTr("New rule")
            emptyText: qsTr("No rules")
            emptyDetail: qsTr("Without a rule that allows it, no member reaches any other.")
            order: root.access.order
            sideText: qsTr("Effect")
            side: Component { EffectPanel { app: root.app } }
            form: Component { RuleForm { app: root.app } }
        },
        PolicySection {
            name: qsTr("Groups")
            model: root.access.groups
            editor: root.access.group
            newText: qsTr("New group")
            emptyText: qsTr("No groups")
            emptyDetail: qsTr("A group stands for several members in rules and bindings.")
            form: Component { GroupForm { app: root.app } }
        },
        PolicySection {
            name: qsTr("Roles")
            model: root.access.roles
            editor: root.access.role
            newText: qsTr("New role")
            emptyText: qsTr("No roles")
            emptyDetail: qsTr("A role is a set of rights to change the mesh.")
            form: Component { RoleForm { app: root.app } }
        },
        PolicySection {
            name: qsTr("Bindings")
            model: root.access.bindings
            editor: root.access.binding
            newText: qsTr("New binding")
            emptyText: qsTr("No bindings")
            emptyDetail: qsTr("A binding gives a role to members, users or groups.")
            form: Component { BindingForm { app: root.app } }
        },
        PolicySection {
            name: qsTr("Edges")
            model: root.access.edges
            editor: root.access.edge
            newText: qsTr("New edge")
            emptyText: qsTr("No edges")
            emptyDetail: qsTr("An edge says that two members connect to each other.")
            form: Component { EdgeForm { app: root.app } }
        }
    ]
    extras: [
        PolicyExtra {
            name: qsTr("Rights")
            view: Component { RightsTab { app: root.app } }
        },
        PolicyExtra {
            name: qsTr("Tests")
            newText: root.app.tests.available ? qsTr("New test") : ""
            editing: root.app.tests.editor.isOpen
            dirty: root.app.tests.editor.dirty
            heading: root.app.tests.editor.heading
            onNewAsked: root.app.tests.editor.openNew()
            onSaveAsked: root.app.tests.editor.save()
            onRemovalAsked: testRemoval.ask()
            onDropped: root.app.tests.editor.close()
            view: Component {
                TestsTab {
                    app: root.app
                    onNewAsked: root.makeNew()
                    onOpened: key => root.leaving(() => root.app.tests.editor.openKey(key))
                    onRemovalAsked: key => root.leaving(() => {
                        root.app.tests.editor.openKey(key);
                        root.askRemoval();
                    })
                }
            }
            drawer: Component {
                TestDrawer {
                    app: root.app
                    onCloseAsked: root.closeEditor()
                    onRemovalAsked: root.askRemoval()
                }
            }
        }
    ]

    ConfirmSheet {
        id: testRemoval

        function ask() {
            const editor = root.app.tests.editor;
            if (!editor.isNew && editor.readOnlyText.length === 0) { testRemoval.open(); }
        }

        heading: qsTr("Delete %1?").arg(root.app.tests.editor.heading)
        text: qsTr("The test is not run any more. The rules stay as they are.")
        confirmText: qsTr("Delete")
        onConfirmed: root.app.tests.editor.remove()
    }
}
