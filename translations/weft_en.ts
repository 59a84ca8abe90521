<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
</TS>
