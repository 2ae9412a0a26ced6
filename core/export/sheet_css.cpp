// Classes for web pages: <i class="cast cast-knight-front"></i> shows a frame of cast.png.
#include <algorithm>
#include <set>

#include "core/export/escapes.h"
#include "core/export/sheet_writers.h"

namespace loom::sheet_writers {
namespace {

/// A name as one word of a class attribute: what would part it becomes '-'.
std::string className(std::string name) {
  std::ranges::replace_if(
      name, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/'; }, '-');
  return name;
}

std::string pixels(int value) {
  return value == 0 ? "0" : std::to_string(value) + "px";
}

/// What was trimmed away comes back as a margin.
std::string margin(const SheetFrame& frame) {
  if (!frame.trimmed) return {};
  const PixelRect& source = frame.spriteSource;
  return " margin: " + pixels(source.y) + " " + pixels(frame.sourceWidth - source.x - source.width) + " " +
         pixels(frame.sourceHeight - source.y - source.height) + " " + pixels(source.x) + ";";
}

}  // namespace

std::string css(const Input& input) {
  const std::string base = className(input.imageName.substr(0, input.imageName.rfind('.')));
  std::string text = "." + cssIdentifier(base) + " {\n  display: inline-block;\n  background-image: url(\"" +
                     urlOfFile(input.imageName) +
                     "\");\n  background-repeat: no-repeat;\n  image-rendering: pixelated;\n}\n";
  std::set<std::string> taken;
  for (const SheetFrame& frame : input.sheet.frames) {
    const std::string wanted = className(base + "-" + frame.name);
    std::string free = wanted;
    for (int i = 2; !taken.insert(free).second; ++i) free = wanted + "-" + std::to_string(i);
    text += "." + cssIdentifier(free) + " { width: " + pixels(frame.frame.width) +
            "; height: " + pixels(frame.frame.height) + "; background-position: " + pixels(-frame.frame.x) + " " +
            pixels(-frame.frame.y) + ";" + margin(frame) + " }\n";
  }
  return text;
}

}  // namespace loom::sheet_writers
