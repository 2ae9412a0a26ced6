// SpriteFrames of Godot 4 as a text resource (docs.godotengine.org, "TSCN file format", "SpriteFrames",
// "AtlasTexture"): beside its picture, wherever in the project both lie.
#include <algorithm>
#include <cstdio>
#include <set>

#include "core/export/escapes.h"
#include "core/export/sheet_writers.h"

namespace loom::sheet_writers {
namespace {

std::string rect(int x, int y, int width, int height) {
  return "Rect2(" + std::to_string(x) + ", " + std::to_string(y) + ", " + std::to_string(width) + ", " +
         std::to_string(height) + ")";
}

std::string textureId(std::size_t frame) {
  return "\"AtlasTexture_" + std::to_string(frame + 1) + "\"";
}

/// The margin puts a trimmed frame back to where it was cut out.
std::string atlasTexture(const SheetFrame& frame, std::size_t number) {
  const PixelRect& source = frame.spriteSource;
  std::string text = "[sub_resource type=\"AtlasTexture\" id=" + textureId(number) + "]\natlas = ExtResource(\"1\")\n" +
                     "region = " + rect(frame.frame.x, frame.frame.y, frame.frame.width, frame.frame.height) + "\n";
  if (frame.trimmed) {
    text +=
        "margin = " + rect(source.x, source.y, frame.sourceWidth - source.width, frame.sourceHeight - source.height) +
        "\n";
  }
  return text + "filter_clip = true\n\n";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  const std::string_view written = text;
  return std::string(written) + (written.find_first_of(".e") == std::string_view::npos ? ".0" : "");
}

/// Godot's editor takes neither '/' nor ',' in the name of an animation.
std::string animationName(std::string name, std::set<std::string>& taken) {
  std::ranges::replace(name, '/', '_');
  std::ranges::replace(name, ',', ' ');
  std::string free = name;
  for (int i = 2; !taken.insert(free).second; ++i) free = name + "-" + std::to_string(i);
  return free;
}

std::string animation(const Sheet& sheet, const sheet_parts::FrameRun& run, const std::string& name) {
  const bool still = run.first == run.last;
  constexpr double kStillSpeed = 5;  // frames a second, Godot's default
  const double speed = still ? kStillSpeed : 1000.0 / sheet_parts::shownFor(sheet.frames[run.first]);
  std::string frames;
  for (std::size_t i = run.first; i <= run.last; ++i) {
    const double share = still ? 1 : sheet_parts::shownFor(sheet.frames[i]) * speed / 1000;
    frames += std::string(i > run.first ? ", " : "") + "{\n\"duration\": " + number(share) +
              ",\n\"texture\": SubResource(" + textureId(i) + ")\n}";
  }
  return "{\n\"frames\": [" + frames + "],\n\"loop\": true,\n\"name\": &" + godotString(name) +
         ",\n\"speed\": " + number(speed) + "\n}";
}

}  // namespace

std::string godot(const Input& input) {
  const Sheet& sheet = input.sheet;
  // A path without "res://" is looked for beside this file.
  std::string text = "[gd_resource type=\"SpriteFrames\" load_steps=" + std::to_string(sheet.frames.size() + 2) +
                     " format=3]\n\n[ext_resource type=\"Texture2D\" path=" + godotString(input.imageName) +
                     " id=\"1\"]\n\n";
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) text += atlasTexture(sheet.frames[i], i);
  text += "[resource]\nanimations = [";
  std::set<std::string> taken;
  bool first = true;
  for (const auto& run : sheet_parts::frameRuns(sheet)) {
    text += (first ? "" : ", ") + animation(sheet, run, animationName(run.name, taken));
    first = false;
  }
  return text + "]\n";
}

}  // namespace loom::sheet_writers
