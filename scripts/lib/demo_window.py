# SPDX-License-Identifier: Apache-2.0
"""The window of scripts/demo: attached to a node's daemon, with settings of its own, on the screen of
the user or on a virtual one.
"""
import os
import shutil
import subprocess
import threading

SCREEN = "1120x740"
START_LIMIT = 20
# A change reaches the window within milliseconds; a picture is taken when it has settled too.
SETTLE = 1.5


class WindowError(Exception):
    """The window or its display cannot be had."""


def pause(seconds):
    threading.Event().wait(seconds)


def has_display():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class VirtualDisplay:
    """An X server without a screen, exactly as large as the window."""

    def __init__(self):
        if not shutil.which("Xvfb"):
            raise WindowError("there is no display and no Xvfb: run scripts/setup display")
        read, write = os.pipe()
        try:
            # Sessions of their own: Ctrl-C ends this script, and the script ends them in order.
            self.process = subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SCREEN}x24", "-dpi", "96",
                 "-noreset", "-nolisten", "tcp"],
                pass_fds=[write], start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finally:
            os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            self.close()
            raise WindowError("Xvfb did not start")
        self.name = f":{number}"

    def close(self):
        end(self.process)


class Window:
    """The program weft over the socket of a node. A context manager."""

    def __init__(self, program, socket, folder, pictures=None):
        self.program = program
        self.socket = socket
        self.folder = folder
        self.pictures = pictures
        self.display = None
        self.process = None

    def __enter__(self):
        environment = dict(os.environ)
        if self.pictures or not has_display():
            self.display = VirtualDisplay()
            environment["DISPLAY"] = self.display.name
        try:
            self.process = subprocess.Popen(
                [self.program, f"--socket={self.socket}", "--page=peers"],
                env=self._own(environment), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=open(self.folder / "window.log", "ab"))
        except BaseException:
            self.close()
            raise
        pause(SETTLE)
        return self

    def __exit__(self, *_):
        self.close()

    def _own(self, environment):
        """Nothing of the user's window is read, raised or changed."""
        home = self.folder / "window"
        home.mkdir(mode=0o700, exist_ok=True)
        environment["XDG_CONFIG_HOME"] = str(home)
        if self.display:
            for name in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_SCALE_FACTOR",
                         "QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME"):
                environment.pop(name, None)
            environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "TZ": "UTC",
                            "LC_ALL": "C.UTF-8", "LANGUAGE": "", "QT_QUICK_BACKEND": "software"}
        return environment

    def closed(self):
        return self.process.poll() is not None

    def how_to_look(self):
        if not self.display:
            return ""
        name = self.display.name
        return (f"the window is on a virtual display. A picture: import -display {name} -window "
                f"root weft.png; live: apt-get install x11vnc && x11vnc -display {name} -localhost")

    def show(self, name):
        """Leaves time to see a change, and takes the picture `name` when pictures are wanted."""
        pause(SETTLE)
        if self.closed():
            raise WindowError(f"the window has ended: {self._log()}")
        if not self.pictures:
            return None
        # Nothing lies under the pointer.
        x, y = (int(size) - 1 for size in SCREEN.split("x"))
        subprocess.run(["xdotool", "mousemove", str(x), str(y)], check=False, timeout=60,
                       env={**os.environ, "DISPLAY": self.display.name})
        file = self.pictures / f"{name}.png"
        done = subprocess.run(
            ["import", "-display", self.display.name, "-window", "root", "-strip", "+dither",
             "-colors", "256", "-define", "png:compression-level=9",
             "-define", "png:exclude-chunks=all", f"PNG8:{file}"],
            capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise WindowError(f"no picture {file}: {done.stderr.strip()}")
        return file

    def _log(self):
        return (self.folder / "window.log").read_text(errors="replace").strip()[-500:]

    def close(self):
        if self.process:
            end(self.process)
        if self.display:
            self.display.close()


def end(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=START_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
