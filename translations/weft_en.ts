<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>History</name>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MapWords</name>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NotificationBell</name>
    <message numerus="yes">
        <source>Notifications: %n new</source>
        <translation>
            <numerusform>Notifications: %n new</numerusform>
            <numerusform>Notifications: %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickPanel</name>
    <message numerus="yes">
        <source>Draft: %n edit(s)</source>
        <translation>
            <numerusform>Draft: %n edit</numerusform>
            <numerusform>Draft: %n edits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreSheet</name>
    <message numerus="yes">
        <source>This takes back %n object(s), all as one change.</source>
        <translation>
            <numerusform>This takes back %n object, all as one change.</numerusform>
            <numerusform>This takes back %n objects, all as one change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>%n pair(s) gained</source>
        <translation>
            <numerusform>%n pair gained</numerusform>
            <numerusform>%n pairs gained</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n route(s) gained</source>
        <translation>
            <numerusform>%n route gained</numerusform>
            <numerusform>%n routes gained</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) fail</source>
        <translation>
            <numerusform>%n test fails</numerusform>
            <numerusform>%n tests fail</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) pass</source>
        <translation>
            <numerusform>%n test passes</numerusform>
            <numerusform>%n tests pass</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message numerus="yes">
        <source>Draft: %n edit(s)</source>
        <translation>
            <numerusform>Draft: %n edit</numerusform>
            <numerusform>Draft: %n edits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SimulatorWords</name>
    <message numerus="yes">
        <source>%n more rules are not about it</source>
        <translation>
            <numerusform>%n more rule is not about it</numerusform>
            <numerusform>%n more rules are not about it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TestWords</name>
    <message numerus="yes">
        <source>%n pass</source>
        <translation>
            <numerusform>%n passes</numerusform>
            <numerusform>%n pass</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fail</source>
        <translation>
            <numerusform>%n fails</numerusform>
            <numerusform>%n fail</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ChangesViewModel</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>First decide about %n conflict(s).</source>
        <translation>
            <numerusform>First decide about %n conflict.</numerusform>
            <numerusform>First decide about %n conflicts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ConnectionViewModel</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::DraftReview</name>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n finding</numerusform>
            <numerusform>%n findings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GroupDraft</name>
    <message numerus="yes">
        <source>In the draft: %n member(s) more in the group %1</source>
        <translation>
            <numerusform>In the draft: %n member more in the group %1</numerusform>
            <numerusform>In the draft: %n members more in the group %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GroupEditor</name>
    <message numerus="yes">
        <source>Used by %n object(s)</source>
        <translation>
            <numerusform>Used by %n object</numerusform>
            <numerusform>Used by %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the draft: %1 is called %2, and %n object(s) follow</source>
        <translation>
            <numerusform>In the draft: %1 is called %2, and %n object follows</numerusform>
            <numerusform>In the draft: %1 is called %2, and %n objects follow</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HealthModel</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HistoryViewModel</name>
    <message numerus="yes">
        <source>The %n edit(s) in your draft would be replaced.</source>
        <translation>
            <numerusform>The %n edit in your draft would be replaced.</numerusform>
            <numerusform>The %n edits in your draft would be replaced.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LogView</name>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n new line</numerusform>
            <numerusform>%n new lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) came too fast and are missing here</source>
        <translation>
            <numerusform>%n line came too fast and is missing here</numerusform>
            <numerusform>%n lines came too fast and are missing here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LossPreview</name>
    <message numerus="yes">
        <source>%n member(s) would be cut off</source>
        <translation>
            <numerusform>%n member would be cut off</numerusform>
            <numerusform>%n members would be cut off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names, and how many others</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of members could no longer talk.</source>
        <translation>
            <numerusform>%n pair of members could no longer talk.</numerusform>
            <numerusform>%n pairs of members could no longer talk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The mesh would fall into %n part(s).</source>
        <translation>
            <numerusform>The mesh would fall into %n part.</numerusform>
            <numerusform>The mesh would fall into %n parts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::MeshNews</name>
    <message numerus="yes">
        <source>%n member(s) joined</source>
        <translation>
            <numerusform>%n member joined</numerusform>
            <numerusform>%n members joined</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) left</source>
        <translation>
            <numerusform>%n member left</numerusform>
            <numerusform>%n members left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) of the rules fail</source>
        <translation>
            <numerusform>%n test of the rules fails</numerusform>
            <numerusform>%n tests of the rules fail</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NameLook</name>
    <message numerus="yes">
        <source>%1 has %n record(s) of type %2.</source>
        <translation>
            <numerusform>%1 has %n record of type %2.</numerusform>
            <numerusform>%1 has %n records of type %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PathViewModel</name>
    <message numerus="yes">
        <source>Packets go there over %n other member(s).</source>
        <translation>
            <numerusform>Packets go there over %n other member.</numerusform>
            <numerusform>Packets go there over %n other members.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerAccess</name>
    <message numerus="yes">
        <source>%n more: search for the ones that are meant.</source>
        <translation>
            <numerusform>%n more: search for the one that is meant.</numerusform>
            <numerusform>%n more: search for the ones that are meant.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerDetails</name>
    <message numerus="yes">
        <source>%n link(s) to other members</source>
        <translation>
            <numerusform>%n link to another member</numerusform>
            <numerusform>%n links to other members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n handshake(s)</source>
        <translation>
            <numerusform>%n handshake</numerusform>
            <numerusform>%n handshakes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerList</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
</TS>
