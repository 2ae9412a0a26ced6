"""Characters drawn by the program, laid out by it, and their pixels: what the tests of other tools compare with."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIPPED)


def tool(*names):
    """The first of these programs that is installed."""
    for name in names:
        if shutil.which(name):
            return name
    skip("none of these is installed: " + ", ".join(names) + " (packaging/test --interop installs them)")


def pillow():
    try:
        from PIL import Image
    except ImportError:
        skip("Pillow is not installed (python3-pil; packaging/test --interop installs it)")
    return Image


class Exported:
    """A folder with a project of a few characters in four views, and what the command line makes of them."""

    def __init__(self, characters=5):
        self.cli = sys.argv[1]
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        self.project = self.folder / "heroes.loom"
        self.sprites = self.folder / "sprites"
        self.run("new", self.project)
        self.run("starter", self.project, "--characters", characters, "--seed", 3)
        self.run("export-data", self.project, "--as", "folders", "--out", self.sprites)

    def run(self, *words):
        done = subprocess.run([self.cli, *map(str, words), "--json"], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def sheet(self, name, *words):
        """FILE.png of all characters, with the data files asked for. Returns the picture's path."""
        out = self.folder / name
        self.run("sheet", self.project, "--in", self.sprites, "--out", out, *words)
        return out

    def originals(self):
        """(character, view) -> RGBA picture, as it was before it came onto a sheet."""
        image = pillow()
        return {
            (file.stem, file.parent.name): image.open(file).convert("RGBA")
            for file in sorted(self.sprites.glob("*/*.png"))
        }


def same(one, other):
    """Whether two pictures show the same: colours count only where there is something."""
    if one.size != other.size:
        return False
    for a, b in zip(one.convert("RGBA").getdata(), other.convert("RGBA").getdata()):
        if a != b and (a[3] or b[3]):
            return False
    return True
