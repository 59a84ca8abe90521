// SPDX-License-Identifier: Apache-2.0

// Noise_peer is the other party of a differential test: a whole wireguard-go device whose tunnel and
// network are frames on standard input and output, and its cookie code beside it.
//
// A frame is its length in 4 bytes, little-endian, a letter and a payload. Every request but 'D' and
// 'P' is answered by one frame with the same letter; 'D' and 'P' come back whenever the device sends.
//
//	I  text of the configuration protocol; the answer is empty or says what was wrong
//	D  a datagram, from or to the network
//	P  an inner packet, into or out of the tunnel
//	A  32 bytes public key, message: the message with the MACs for the owner of the key
//	R  a cookie reply to the last such message: one byte, 1 when it was taken
//	M  32 bytes public key, message: a cookie reply by the owner of the key
//	V  message: one byte, bit 0 its MAC1 and bit 1 its MAC2 are right for the owner of the last 'M' key
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"sync"

	"golang.zx2c4.com/wireguard/conn"
	"golang.zx2c4.com/wireguard/device"
	"golang.zx2c4.com/wireguard/tun"
)

const (
	maxFrame = 1 << 16
	keySize  = device.NoisePublicKeySize
)

// source is what stands for the address of the other side in cookies.
var source = []byte{192, 0, 2, 1, 0xca, 0x6c}

// output writes whole frames, from any goroutine.
type output struct {
	mutex  sync.Mutex
	writer *bufio.Writer
}

func (o *output) send(letter byte, payload []byte) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	header := binary.LittleEndian.AppendUint32(nil, uint32(len(payload)+1))
	_, _ = o.writer.Write(append(header, letter))
	_, _ = o.writer.Write(payload)
	if err := o.writer.Flush(); err != nil {
		os.Exit(1)
	}
}

// endpoint is the only one there is.
type endpoint struct{}

func (endpoint) ClearSrc()           {}
func (endpoint) SrcToString() string { return "" }
func (endpoint) DstToString() string { return "192.0.2.1:51820" }
func (endpoint) DstToBytes() []byte  { return source }
func (endpoint) DstIP() netip.Addr   { return netip.AddrFrom4([4]byte{192, 0, 2, 1}) }
func (endpoint) SrcIP() netip.Addr   { return netip.Addr{} }

// network is a conn.Bind over frames.
type network struct {
	out      *output
	incoming chan []byte
	mutex    sync.Mutex
	closed   chan struct{}
}

func (n *network) Open(port uint16) ([]conn.ReceiveFunc, uint16, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.closed != nil {
		return nil, 0, conn.ErrBindAlreadyOpen
	}
	closed := make(chan struct{})
	n.closed = closed
	receive := func(packets [][]byte, sizes []int, endpoints []conn.Endpoint) (int, error) {
		select {
		case <-closed:
			return 0, net.ErrClosed
		case datagram := <-n.incoming:
			sizes[0] = copy(packets[0], datagram)
			endpoints[0] = endpoint{}
			return 1, nil
		}
	}
	return []conn.ReceiveFunc{receive}, port, nil
}

func (n *network) Close() error {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.closed != nil {
		close(n.closed)
		n.closed = nil
	}
	return nil
}

func (n *network) SetMark(uint32) error { return nil }
func (n *network) BatchSize() int       { return 1 }

func (n *network) Send(datagrams [][]byte, _ conn.Endpoint) error {
	for _, datagram := range datagrams {
		n.out.send('D', datagram)
	}
	return nil
}

func (n *network) ParseEndpoint(string) (conn.Endpoint, error) { return endpoint{}, nil }

// tunnel is a tun.Device over frames.
type tunnel struct {
	out      *output
	incoming chan []byte
	events   chan tun.Event
	closed   chan struct{}
	once     sync.Once
}

func (t *tunnel) File() *os.File           { return nil }
func (t *tunnel) MTU() (int, error)        { return device.DefaultMTU, nil }
func (t *tunnel) Name() (string, error)    { return "frames", nil }
func (t *tunnel) Events() <-chan tun.Event { return t.events }
func (t *tunnel) BatchSize() int           { return 1 }

func (t *tunnel) Read(packets [][]byte, sizes []int, offset int) (int, error) {
	select {
	case <-t.closed:
		return 0, os.ErrClosed
	case packet := <-t.incoming:
		sizes[0] = copy(packets[0][offset:], packet)
		return 1, nil
	}
}

func (t *tunnel) Write(packets [][]byte, offset int) (int, error) {
	for _, packet := range packets {
		t.out.send('P', packet[offset:])
	}
	return len(packets), nil
}

func (t *tunnel) Close() error {
	t.once.Do(func() {
		close(t.closed)
		close(t.events)
	})
	return nil
}

// peer answers requests.
type peer struct {
	out       *output
	device    *device.Device
	network   *network
	tunnel    *tunnel
	generator device.CookieGenerator
	checker   device.CookieChecker
	checksFor device.NoisePublicKey
}

func keyAndMessage(payload []byte) (device.NoisePublicKey, []byte, error) {
	var key device.NoisePublicKey
	if len(payload) < keySize+device.MessageResponseSize {
		return key, nil, errors.New("too short for a key and a message")
	}
	copy(key[:], payload)
	return key, payload[keySize:], nil
}

func (p *peer) handle(letter byte, payload []byte) error {
	switch letter {
	case 'D':
		p.network.incoming <- payload
	case 'P':
		p.tunnel.incoming <- payload
	case 'I':
		text := ""
		if err := p.device.IpcSet(string(payload)); err != nil {
			text = err.Error()
		}
		p.out.send('I', []byte(text))
	case 'A':
		key, message, err := keyAndMessage(payload)
		if err != nil {
			return err
		}
		p.generator.Init(key)
		p.generator.AddMacs(message)
		p.out.send('A', message)
	case 'R':
		return p.readReply(payload)
	case 'M':
		return p.makeReply(payload)
	case 'V':
		var right byte
		if p.checker.CheckMAC1(payload) {
			right |= 1
		}
		if p.checker.CheckMAC2(payload, source) {
			right |= 2
		}
		p.out.send('V', []byte{right})
	default:
		return fmt.Errorf("no request has the letter %q", letter)
	}
	return nil
}

// readReply answers with the same message once more, which now has a MAC2, or with nothing.
func (p *peer) readReply(payload []byte) error {
	var reply device.MessageCookieReply
	if err := binary.Read(bytes.NewReader(payload), binary.LittleEndian, &reply); err != nil {
		return err
	}
	taken := p.generator.ConsumeReply(&reply)
	if !taken {
		p.out.send('R', nil)
		return nil
	}
	message := make([]byte, device.MessageInitiationSize)
	message[0] = device.MessageInitiationType
	p.generator.AddMacs(message)
	p.out.send('R', message)
	return nil
}

func (p *peer) makeReply(payload []byte) error {
	key, message, err := keyAndMessage(payload)
	if err != nil {
		return err
	}
	if key != p.checksFor {
		p.checker.Init(key)
		p.checksFor = key
	}
	reply, err := p.checker.CreateReply(message, binary.LittleEndian.Uint32(message[4:]), source)
	if err != nil {
		return err
	}
	var wire bytes.Buffer
	if err := binary.Write(&wire, binary.LittleEndian, reply); err != nil {
		return err
	}
	p.out.send('M', wire.Bytes())
	return nil
}

func run() error {
	out := &output{writer: bufio.NewWriter(os.Stdout)}
	p := &peer{
		out:     out,
		network: &network{out: out, incoming: make(chan []byte)},
		tunnel: &tunnel{
			out:      out,
			incoming: make(chan []byte),
			events:   make(chan tun.Event, 1),
			closed:   make(chan struct{}),
		},
	}
	silent := &device.Logger{Verbosef: device.DiscardLogf, Errorf: device.DiscardLogf}
	p.device = device.NewDevice(p.tunnel, p.network, silent)
	defer p.device.Close()
	if err := p.device.Up(); err != nil {
		return err
	}
	input := bufio.NewReader(os.Stdin)
	for {
		var length uint32
		if err := binary.Read(input, binary.LittleEndian, &length); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if length == 0 || length > maxFrame {
			return fmt.Errorf("a frame of %d bytes", length)
		}
		frame := make([]byte, length)
		if _, err := io.ReadFull(input, frame); err != nil {
			return err
		}
		if err := p.handle(frame[0], frame[1:]); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "noise_peer:", err)
		os.Exit(1)
	}
}
