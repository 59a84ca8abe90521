#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Traffic for the tests of tunnels.

  tunnel_stream.py receive ADDRESS             prints its port, takes one TCP stream, prints its digest
  tunnel_stream.py send ADDRESS PORT BYTES     sends so many bytes, prints their digest
  tunnel_stream.py echo ADDRESS                prints its port, sends every datagram back
  tunnel_stream.py sweep ADDRESS PORT FIRST LAST
      sends datagrams of every length to an echo and compares what comes back
  tunnel_stream.py steady ADDRESS PORT SECONDS RATE
      numbered datagrams to an echo; prints how many were sent, came back, and the longest silence
  tunnel_stream.py hold ADDRESS                a UDP socket that nobody serves; prints its port
  tunnel_stream.py capture INTERFACE PORT COUNT FILE
      the payloads of single datagrams that come in for the port, each behind its length
"""
import hashlib
import json
import os
import select
import socket
import sys
import time

CHUNK = 256 * 1024
PATIENCE = 30


def bound(address, kind):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    one = socket.socket(family, kind)
    one.bind((address, 0))
    return one


def say(**facts):
    print(json.dumps(facts), flush=True)


def receive(address):
    with bound(address, socket.SOCK_STREAM) as server:
        server.listen(1)
        server.settimeout(PATIENCE)
        print(server.getsockname()[1], flush=True)
        stream, _ = server.accept()
    digest = hashlib.sha256()
    total = 0
    buffer = bytearray(CHUNK)
    view = memoryview(buffer)
    with stream:
        stream.settimeout(PATIENCE)
        started = time.monotonic()
        while count := stream.recv_into(buffer):
            digest.update(view[:count])
            total += count
    say(digest=digest.hexdigest(), bytes=total, seconds=time.monotonic() - started)


def send(address, port, amount):
    # Random once, numbered each time: cheap, and no two pieces of the stream are alike.
    block = bytearray(os.urandom(CHUNK))
    digest = hashlib.sha256()
    with socket.create_connection((address, int(port)), timeout=PATIENCE) as stream:
        stream.settimeout(PATIENCE)
        left = int(amount)
        number = 0
        while left > 0:
            block[:8] = number.to_bytes(8, "big")
            piece = memoryview(block)[:min(left, CHUNK)]
            digest.update(piece)
            stream.sendall(piece)
            left -= len(piece)
            number += 1
    say(digest=digest.hexdigest())


def echo(address):
    with bound(address, socket.SOCK_DGRAM) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            data, sender = server.recvfrom(65536)
            server.sendto(data, sender)


def hold(address):
    with bound(address, socket.SOCK_DGRAM) as idle:
        print(idle.getsockname()[1], flush=True)
        sys.stdin.read()


def sweep(address, port, first, last):
    wrong = []
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        client.connect((address, int(port)))
        client.settimeout(2)
        for length in range(int(first), int(last) + 1):
            data = os.urandom(length)
            for _ in range(3):
                try:
                    client.send(data)
                    back = client.recv(65536)
                except OSError as error:
                    back = error
                if back == data:
                    break
            else:
                wrong.append(length)
    say(wrong=wrong)


def steady(address, port, seconds, rate):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sent = back = 0
    longest = 0.0
    with socket.socket(family, socket.SOCK_DGRAM) as client:
        client.connect((address, int(port)))
        client.setblocking(False)
        start = last = time.monotonic()
        end = start + float(seconds)
        step = 1 / float(rate)
        while (now := time.monotonic()) < end:
            due = start + sent * step
            if now >= due:
                try:
                    client.send(sent.to_bytes(8, "big") * 16)
                except OSError:
                    pass
                sent += 1
                continue
            if select.select([client], [], [], due - now)[0]:
                back, longest, last = drain(client, back, longest, last)
        if select.select([client], [], [], 1)[0]:
            back, longest, last = drain(client, back, longest, last)
    say(sent=sent, back=back, longest=longest)


def drain(client, back, longest, last):
    while True:
        try:
            client.recv(65536)
        except OSError:
            return back, longest, last
        now = time.monotonic()
        back, longest, last = back + 1, max(longest, now - last), now


def capture(interface, port, count, file):
    every_protocol = 3
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(every_protocol)) as tap, \
            open(file, "wb") as out:
        tap.bind((interface, every_protocol))
        tap.settimeout(PATIENCE)
        print("ready", flush=True)
        left = int(count)
        while left:
            frame, (_, _, kind, *_rest) = tap.recvfrom(65536)
            # IPv4 without options, UDP, no super-packet.
            if kind == socket.PACKET_OUTGOING or frame[12:15] != b"\x08\x00\x45" \
                    or frame[23] != socket.IPPROTO_UDP or len(frame) > 1514 \
                    or int.from_bytes(frame[36:38], "big") != int(port):
                continue
            payload = frame[42:34 + int.from_bytes(frame[38:40], "big")]
            out.write(len(payload).to_bytes(2, "little") + payload)
            left -= 1


if __name__ == "__main__":
    {"receive": receive, "send": send, "echo": echo, "hold": hold, "sweep": sweep,
     "steady": steady, "capture": capture}[sys.argv[1]](*sys.argv[2:])
