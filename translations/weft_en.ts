<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
