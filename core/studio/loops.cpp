#include "core/studio/loops.h"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/base/pending_files.h"
#include "core/image/edit.h"
#include "core/studio/film_parts.h"
#include "core/studio/loop_timing.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Characters = std::span<const SheetCharacter>;

int lengthOf(const Loop& loop) {
  int length = 0;
  for (const Loop::Frame& frame : loop.frames) length += frame.milliseconds;
  return length;
}

/// As a GIF has them: what is less than half there is the hole.
int coloursOf(const Sprite& picture) {
  std::unordered_set<std::uint32_t> colours;
  constexpr std::uint32_t kHole = 0xff000000;
  constexpr std::uint8_t kThere = 128;
  for (const Rgba& pixel : picture.pixels()) {
    const std::uint32_t colour = std::uint32_t{pixel.r} << 16 | std::uint32_t{pixel.g} << 8 | pixel.b;
    colours.insert(pixel.a < kThere ? kHole : colour);
  }
  return static_cast<int>(colours.size());
}

void checkTarget(const fs::path& path) {
  if (fs::is_directory(path)) throw Error(path.string() + " is a folder", "choose another name", path);
}

}  // namespace

Sprite loopPicture(Characters characters, const Loop& loop, const Loop::Frame& frame) {
  Sprite picture(loop.width(), loop.height());
  for (const Loop::Track& track : loop.tracks) {
    const Sprite& sprite = characters[track.character].views[viewAt(track, frame.at)].second;
    paste(picture, sprite, track.column * loop.cellWidth + (loop.cellWidth - sprite.width()) / 2,
          (track.row + 1) * loop.cellHeight - sprite.height());
  }
  return picture;
}

Film largestLoop(const LoopPlan& plan, const FilmOptions& film, AnimationFormat format) {
  int width = 0, height = 0, frames = 0, milliseconds = 0;
  for (const Loop& loop : plan.loops) {
    width = std::max(width, loop.width());
    height = std::max(height, loop.height());
    frames = std::max(frames, static_cast<int>(loop.frames.size()));
    milliseconds = std::max(milliseconds, lengthOf(loop));
  }
  constexpr double kSecond = 1000;
  Film largest =
      plannedFilm(frames, width, height, false, {.scale = film.scale, .background = film.background}, format);
  largest.seconds = milliseconds / kSecond;
  largest.framesPerSecond = frames / largest.seconds;
  return largest;
}

std::vector<fs::path> loopFiles(const LoopPlan& plan, const fs::path& out) {
  if (plan.loops.size() == 1) return {out};
  FilePaths names;  // characters may share one, or be one as the name of a file
  std::vector<fs::path> files;
  for (const Loop& loop : plan.loops) {
    fs::path file = out;
    file.replace_extension();
    file += "-" + names.add({}, loop.name, {}).string() + out.extension().string();
    files.push_back(std::move(file));
  }
  return files;
}

std::string colourWarning(const LoopFilms& films) {
  constexpr int kMost = 256;
  const bool gif = !films.files.empty() && animationFormatOf(films.files.front()) == AnimationFormat::kGif;
  if (!gif || films.mostColours <= kMost) return {};
  return "pictures of up to " + std::to_string(films.mostColours) +
         " colours were brought to the 256 of a GIF; WebP and APNG keep them all, and so do fewer characters a film";
}

LoopFilms writeLoops(Characters characters, const LoopPlan& plan, const LoopOptions& options, const FilmOptions& film,
                     const fs::path& out, JobMonitor& monitor) {
  const Film largest = largestLoop(plan, film, animationFormatOf(out));
  LoopFilms films{.files = loopFiles(plan, out)};
  std::ranges::for_each(films.files, checkTarget);
  std::int64_t frames = 0, done = 0;
  for (const Loop& loop : plan.loops) frames += std::ssize(loop.frames);
  monitor.begin("Writing frames", frames);
  PendingFiles pending;
  for (std::size_t i = 0; i < films.files.size(); ++i) {
    const Loop& loop = plan.loops[i];
    AnimationWriter writer(pending.add(films.files[i]),
                           {.scale = largest.scale, .background = film.background, .loops = options.endless}, monitor);
    for (const Loop::Frame& frame : loop.frames) {
      const Sprite picture = loopPicture(characters, loop, frame);
      films.mostColours =
          std::max(films.mostColours, coloursOf(film.background ? flattened(picture, *film.background) : picture));
      writer.add(picture, frame.milliseconds);
      monitor.advance(++done);
    }
    writer.finish();
  }
  pending.commit();
  return films;
}

}  // namespace loom
