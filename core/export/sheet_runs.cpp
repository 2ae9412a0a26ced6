// Which frames of a sheet belong together.
#include "core/export/sheet_parts.h"

namespace loom::sheet_parts {

std::vector<FrameRun> frameRuns(const Sheet& sheet) {
  std::vector<FrameRun> runs;
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) {
    const SheetFrame& frame = sheet.frames[i];
    const bool animated = !frame.motion.animation.empty();
    const std::string name = animated ? frame.character + "/" + frame.motion.animation + "-" + frame.view : frame.name;
    const bool goesOn = animated && !runs.empty() && runs.back().name == name;
    if (!goesOn) runs.push_back({name, i, i});
    runs.back().last = i;
  }
  return runs;
}

std::vector<FrameRun> characterRuns(const Sheet& sheet) {
  std::vector<FrameRun> runs;
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) {
    const std::string& character = sheet.frames[i].character;
    if (runs.empty() || runs.back().name != character) runs.push_back({character, i, i});
    runs.back().last = i;
  }
  return runs;
}

int shownFor(const SheetFrame& frame) {
  constexpr int kDefault = 100;  // Aseprite's
  return frame.motion.milliseconds > 0 ? frame.motion.milliseconds : kDefault;
}

}  // namespace loom::sheet_parts
