#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The icon of the real program in real panels: one that speaks D-Bus (StatusNotifierItem and
com.canonical.dbusmenu), which this test is itself, and one of X11 (trayer).

Usage: tray_host_test.py notifier|xembed WEFT WEFTCTL. Ends with 77 when something is missing here;
a virtual display has to be there already (xvfb-run).
"""
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LIMIT = 15.0
SKIPPED = 77
WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            skip(f"{program} is not installed (scripts/setup display test)")


def pause():
    # check-tests: allow sleep, other processes and the screen have no event for this
    time.sleep(0.02)


def wait_for(what, found, turn=pause):
    """Turns until `found` answers something; the text says what did not come."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        answer = found()
        if answer:
            return answer
        turn()
    raise AssertionError(f"after {LIMIT:.0f} s still waiting for {what}")


@contextlib.contextmanager
def process(*command, **how):
    child = subprocess.Popen(command, **how)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(LIMIT)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextlib.contextmanager
def bus(environment):
    """A session bus of its own."""
    with process(
        "dbus-daemon", "--session", "--nofork", "--print-address",
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as daemon:
        environment["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().strip()
        yield


@contextlib.contextmanager
def sandbox(weftctl, folder, environment):
    """A daemon with a simulated mesh."""
    path = os.path.join(folder, "weft.sock")
    with process(
        weftctl, "sandbox", "--nodes", "5", "--socket", path,
        stdout=subprocess.DEVNULL, env=environment,
    ):
        wait_for("the sandbox", lambda: os.path.exists(path))
        yield path


def weft(program, path, environment, *more):
    return process(program, "--socket", path, *more, env=environment)


def windows_of(child, environment):
    """Windows on the screen, of that process."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(child.pid), "--name", "Weft"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, check=False,
    )
    return found.stdout.split()


class Notifier:
    """The panel: a watcher and host on the bus, and what its icon and menu say."""

    def __init__(self, address):
        import dbus
        import dbus.mainloop.glib
        import dbus.service
        from gi.repository import GLib

        self.dbus = dbus
        self.context = GLib.MainContext.default()
        dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
        self.bus = dbus.bus.BusConnection(address)
        self.items = []
        items = self.items

        class Watcher(dbus.service.Object):
            @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
            def RegisterStatusNotifierItem(self, service, sender):
                items.append(sender if service.startswith("/") else service)

            @dbus.service.method(WATCHER, in_signature="s")
            def RegisterStatusNotifierHost(self, service):
                pass

            @dbus.service.signal(WATCHER)
            def StatusNotifierHostRegistered(self):
                pass

            @dbus.service.method(
                dbus.INTROSPECTABLE_IFACE, out_signature="s",
                path_keyword="path", connection_keyword="connection")
            def Introspect(self, path, connection):
                # Qt asks only for properties that are described.
                begin = f'<interface name="{WATCHER}">'
                described = dbus.service.Object.Introspect(self, path, connection)
                return described.replace(begin, begin + (
                    '<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>'))

            @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
            def Get(self, _, name):
                return self.GetAll(_)[name]

            @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
            def GetAll(self, _):
                return {
                    "IsStatusNotifierHostRegistered": True,
                    "ProtocolVersion": dbus.Int32(0),
                    "RegisteredStatusNotifierItems": dbus.Array(items, signature="s"),
                }

        # What is asked of others is asked again after this; what comes here wakes at once.
        GLib.timeout_add(20, lambda: True)
        self.watcher = Watcher(self.bus, "/StatusNotifierWatcher")
        self.appear()

    def appear(self):
        self.bus.request_name(WATCHER)
        self.watcher.StatusNotifierHostRegistered()

    def go(self):
        self.items.clear()
        self.bus.release_name(WATCHER)

    def wait_for(self, what, found):
        return wait_for(what, found, lambda: self.context.iteration(True))

    def item(self):
        return self.bus.get_object(self.items[-1], "/StatusNotifierItem")

    def property(self, name):
        return self.item().Get(ITEM, name, dbus_interface=PROPERTIES)

    def pixels(self):
        return [bytes(picture[2]) for picture in self.property("IconPixmap")]

    def menu(self):
        path = self.property("Menu")
        return self.dbus.Interface(self.bus.get_object(self.items[-1], path), MENU)

    def lines(self):
        """Labels of the menu with their numbers; of what is below too."""
        found = {}

        def walk(node):
            number, properties, children = node
            label = str(properties.get("label", "")).replace("_", "")
            found[label] = (int(number), bool(properties.get("enabled", True)))
            for child in children:
                walk(child)

        walk(self.menu().GetLayout(0, -1, self.dbus.Array([], signature="s"))[1])
        return found

    def wait_for_line(self, label):
        return self.wait_for(
            f"the line {label!r}", lambda: self.lines().get(label, (0, False))[1])

    def choose(self, label):
        self.wait_for_line(label)
        number = self.lines()[label][0]
        self.menu().Event(number, "clicked", self.dbus.Int32(0), self.dbus.UInt32(0))


def test_notifier(program, weftctl, folder, environment):
    try:
        import dbus  # noqa: F401
        import dbus.mainloop.glib  # noqa: F401
        from gi.repository import GLib  # noqa: F401
    except ImportError as error:
        skip(f"{error} (scripts/setup display test)")
    need("dbus-daemon", "xdotool")
    with bus(environment), sandbox(weftctl, folder, environment) as path:
        panel = Notifier(environment["DBUS_SESSION_BUS_ADDRESS"])
        with weft(program, path, environment, "--hidden") as child:
            panel.wait_for("the icon", lambda: panel.items)
            panel.wait_for_line("Disconnect")
            connected = panel.pixels()
            assert connected, "the icon has no picture"
            assert not windows_of(child, environment), "--hidden shows a window"

            panel.choose("Disconnect")
            panel.wait_for_line("Connect")
            disconnected = panel.pixels()
            assert disconnected != connected, "the icon looks as if it were connected"
            panel.choose("Connect")
            panel.wait_for_line("Disconnect")
            # With the dot of what was missed.
            panel.wait_for(
                "another picture", lambda: panel.pixels() not in (connected, disconnected))
            for line in ("Open console", "Settings…", "All members…", "Add mesh…"):
                assert line in panel.lines(), f"the menu has no {line!r}"
            print("menu: connect and disconnect work")

            # A second start raises the window and ends.
            second = subprocess.run([program, "--socket", path], env=environment, timeout=LIMIT,
                                    check=False)
            assert second.returncode == 0, "the second start failed"
            panel.wait_for("the window", lambda: windows_of(child, environment))
            panel.wait_for("the picture without a dot", lambda: panel.pixels() == connected)
            print("second start: raises the window")
            window = windows_of(child, environment)[0]
            # As the button of a frame does, for which nobody is there.
            subprocess.run(["xdotool", "windowfocus", window, "key", "ctrl+w"],
                           env=environment, check=True)
            panel.wait_for("no window", lambda: not windows_of(child, environment))
            assert child.poll() is None, "closing the window ended the program"
            print("close: hides")

            panel.go()
            panel.wait_for("the window without a panel", lambda: windows_of(child, environment))
            panel.appear()
            panel.wait_for("the icon again", lambda: panel.items)
            panel.wait_for_line("Disconnect")
            print("panel: went and came back")

            panel.choose("Quit")
            panel.wait_for("the end", lambda: child.poll() is not None)
            assert child.returncode == 0, f"ended with {child.returncode}"
            print("quit: works")


def test_xembed(program, weftctl, folder, environment):
    need("trayer", "xdotool", "import")

    def picture_of_panel(panel):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(panel.pid)], env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        shown = found.stdout.split()
        if not shown:
            return b""
        # The screen there, with what other processes put into the panel.
        where = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", shown[0]], env=environment,
            stdout=subprocess.PIPE, text=True, check=True).stdout
        at = dict(line.split("=") for line in where.split())
        crop = f"{at['WIDTH']}x{at['HEIGHT']}+{at['X']}+{at['Y']}"
        return subprocess.run(
            ["import", "-window", "root", "-crop", crop, "rgb:-"], env=environment,
            stdout=subprocess.PIPE, check=True).stdout

    def control(*words):
        subprocess.run([weftctl, "--socket", path, *words], env=environment, check=True,
                       stdout=subprocess.DEVNULL, timeout=LIMIT)

    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
    with sandbox(weftctl, folder, environment) as path, process(
        "trayer", "--edge", "bottom", "--widthtype", "pixel", "--width", "64", "--height", "24",
        "--transparent", "false", env=environment,
    ) as panel:
        wait_for("the panel", lambda: picture_of_panel(panel))
        empty = picture_of_panel(panel)
        with weft(program, path, environment, "--hidden") as child:
            connected = wait_for(
                "the icon", lambda: (shown := picture_of_panel(panel)) != empty and shown)
            control("disconnect")
            wait_for("another icon", lambda: picture_of_panel(panel) not in (empty, connected))
            print("icon: appears and follows the state")
            assert child.poll() is None, "the program ended"


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("notifier", "xembed"):
        print(__doc__)
        return 2
    if "DISPLAY" not in os.environ:
        skip("there is no display (xvfb-run)")
    test = test_notifier if sys.argv[1] == "notifier" else test_xembed
    with tempfile.TemporaryDirectory(prefix="weft-tray-") as folder:
        environment = {
            **os.environ,
            "HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "XDG_CONFIG_HOME": folder,
            "QT_QPA_PLATFORM": "xcb",
            "QT_QUICK_BACKEND": "software",
            "LC_ALL": "C.UTF-8",
        }
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        test(sys.argv[2], sys.argv[3], folder, environment)
    return 0


if __name__ == "__main__":
    sys.exit(main())
