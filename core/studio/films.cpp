#include "core/studio/films.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/latent/turnaround.h"
#include "core/studio/drawing.h"
#include "core/studio/film_parts.h"
#include "core/studio/run_files.h"
#include "core/studio/runs.h"
#include "core/training/preset.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Pictures = std::vector<TrainingPictures::Picture>;

constexpr std::size_t kBatch = 64;  ///< sprites made at once

/// step-00000050.png; nothing for another file.
std::optional<std::int64_t> stepOf(const fs::path& file) {
  const std::string name = file.stem().string();
  constexpr std::string_view kBegin = "step-";
  if (file.extension() != ".png" || !name.starts_with(kBegin)) return std::nullopt;
  std::int64_t step = 0;
  const char* end = name.data() + name.size();
  const auto [stop, problem] = std::from_chars(name.data() + kBegin.size(), end, step);
  return problem == std::errc() && stop == end ? std::optional(step) : std::nullopt;
}

Pictures picturesIn(const fs::path& samples) {
  Pictures pictures;
  std::error_code problem;
  for (fs::directory_iterator at(samples, problem), end; !problem && at != end; at.increment(problem)) {
    if (const auto step = stepOf(at->path())) pictures.push_back({*step, at->path()});
  }
  std::ranges::sort(pictures, {}, &TrainingPictures::Picture::step);
  return pictures;
}

double stepsAnEpoch(const Project& project, const RunInfo& run) {
  try {
    const auto sprites = static_cast<double>(readRunSprites(project.runFolder(run)).ids.size());
    return sprites / (run.settings.at("batch").get<double>() * run.settings.value("accumulate", 1.0));
  } catch (const std::exception&) {  // a run of an early version, or a damaged one: its pictures can be shown
    return 0;
  }
}

/// How many rows of cells show one character; 0 where no weights say.
int viewsOf(const Project& project, const RunInfo& run) {
  try {
    const auto model = loadRunModel(project, run);
    const auto views = static_cast<int>(model->views.size());
    return isTurnaround(*model) ? 1 + 2 * views : views;  // what is seen, then what is made over what should be
  } catch (const Error&) {
    return 0;
  }
}

Pictures evenly(const Pictures& all) {
  constexpr std::size_t kMost = TimelapseOptions::kMostEven;
  if (all.size() <= kMost) return all;
  Pictures some;
  for (std::size_t i = 0; i < kMost; ++i) some.push_back(all[i * (all.size() - 1) / (kMost - 1)]);
  return some;
}

/// The nearest to each multiple of `distance` steps, and the last one.
Pictures nearMarks(const Pictures& all, double distance) {
  std::map<std::int64_t, TrainingPictures::Picture> chosen;
  const auto away = [distance](std::int64_t step, std::int64_t mark) {
    return std::abs(static_cast<double>(step) - static_cast<double>(mark) * distance);
  };
  for (const TrainingPictures::Picture& picture : all) {
    const std::int64_t mark = std::llround(static_cast<double>(picture.step) / distance);
    const auto [at, isNew] = chosen.try_emplace(mark, picture);
    if (!isNew && away(picture.step, mark) < away(at->second.step, mark)) at->second = picture;
  }
  Pictures some;
  for (auto& [mark, picture] : chosen) some.push_back(std::move(picture));
  if (some.back().step != all.back().step) some.push_back(all.back());
  return some;
}

/// A column of a preview is a character, in bands of a row a view: the first `count` of them. 0: as it is.
Sprite firstCharacters(const Sprite& grid, int cell, int views, int count) {
  if (count == 0) return grid;
  const int tall = cell * views;
  const int columns = cell > 0 ? grid.width() / cell : 0;
  const int bands = tall > 0 ? grid.height() / tall : 0;
  if (columns < 1 || bands < 1) {
    throw Error("the pictures of this run do not tell one character from the next", "show all of them");
  }
  const int shown = std::min(count, columns * bands);
  Sprite some(std::min(shown, columns) * cell, (shown + columns - 1) / columns * tall);
  for (int i = 0; i < shown; ++i) {
    const int x = i % columns * cell;
    const int y = i / columns * tall;
    paste(some, cropped(grid, {x, y, cell, tall}), x, y);
  }
  return some;
}

/// All views of one latent beside each other.
Sprite sideBySide(std::span<const Sprite> sprites) {
  int width = 0;
  for (const Sprite& sprite : sprites) width += sprite.width();
  Sprite row(width, sprites.front().height());
  int x = 0;
  for (const Sprite& sprite : sprites) {
    paste(row, sprite, x, 0);
    x += sprite.width();
  }
  return row;
}

}  // namespace

TrainingPictures trainingPictures(const Project& project, const RunInfo& run) {
  TrainingPictures found;
  found.pictures = picturesIn(project.runFolder(run) / "samples");
  if (found.pictures.empty()) {
    throw Error("run " + std::to_string(run.number) + " has no pictures yet", "train it until its first preview");
  }
  const Sprite newest = readImage(found.pictures.back().file);
  found.width = newest.width();
  found.height = newest.height();
  found.cell = run.settings.value("size", 0);
  found.views = viewsOf(project, run);
  found.stepsAnEpoch = stepsAnEpoch(project, run);
  if (!drawsNewSprites(run.preset) && found.views > 1) found.stepsAnEpoch /= (found.views - 1) / 2;  // of characters
  return found;
}

Pictures shownPictures(const TrainingPictures& all, const TimelapseOptions& options) {
  if (options.every == TimelapseOptions::Every::kEven) return evenly(all.pictures);
  const bool epochs = options.every == TimelapseOptions::Every::kEpoch;
  const double distance = epochs ? all.stepsAnEpoch : static_cast<double>(options.steps);
  if (distance > 0) return nearMarks(all.pictures, distance);
  if (epochs) throw Error("the run does not tell how long its epochs were", "ask for a frame every so many steps");
  throw Error("the steps from frame to frame must be 1 or more", "for example 100");
}

Film planTimelapse(const TrainingPictures& all, const TimelapseOptions& options, const FilmOptions& film,
                   AnimationFormat format) {
  const auto frames = static_cast<int>(shownPictures(all, options).size());
  const Sprite size = firstCharacters(Sprite(all.width, all.height), all.cell, all.views, options.characters);
  return plannedFilm(frames, size.width(), size.height(), true, film, format);
}

Film writeTimelapse(const TrainingPictures& all, const TimelapseOptions& options, const FilmOptions& film,
                    const fs::path& out, JobMonitor& monitor) {
  const Film plan = planTimelapse(all, options, film, animationFormatOf(out));
  FilmWriter writer(plan, film, out, monitor);
  monitor.begin("Writing frames", plan.frames);
  std::int64_t done = 0;
  for (const TrainingPictures::Picture& picture : shownPictures(all, options)) {
    std::optional<Sprite> grid;
    try {
      grid = readImage(picture.file);
    } catch (const Error&) {  // thinned out meanwhile, or damaged: the film does without
    }
    const bool fits = grid && grid->width() == all.width && grid->height() == all.height;
    if (fits) writer.add(firstCharacters(*grid, all.cell, all.views, options.characters));
    monitor.advance(++done);
  }
  return writer.finish();
}

Film planWalk(const WalkFilm& walk, const FilmOptions& film, AnimationFormat format) {
  if (!walk.model) throw Error("there is no model to walk with", "train a run, or choose one");
  const auto views = static_cast<int>(chosenViews(*walk.model, walk.view).size());
  const PixelRect& content = walk.model->content;
  const int side = walk.model->side();
  const bool trimmed = content.width > 0;
  return plannedFilm(walk.frames, views * (trimmed ? content.width : side), trimmed ? content.height : side, false,
                     film, format);
}

Film writeWalk(const WalkFilm& walk, const FilmOptions& film, const fs::path& out, JobMonitor& monitor) {
  const Film plan = planWalk(walk, film, animationFormatOf(out));
  const std::vector<Latent> latents = walkLatents(walk.walk, walk.frames);
  const std::vector<int> views = chosenViews(*walk.model, walk.view);
  FilmWriter writer(plan, film, out, monitor);
  SpriteGenerator generator(walk.model, walk.threads > 0 ? walk.threads : usableCores());
  monitor.begin("Drawing frames", plan.frames);
  const std::size_t atOnce = std::max<std::size_t>(1, kBatch / views.size());
  for (std::size_t first = 0; first < latents.size(); first += atOnce) {
    const std::size_t end = std::min(latents.size(), first + atOnce);
    std::vector<Latent> wanted;
    std::vector<int> viewOf;
    for (std::size_t i = first; i < end; ++i) {
      wanted.insert(wanted.end(), views.size(), latents[i]);
      viewOf.insert(viewOf.end(), views.begin(), views.end());
    }
    const std::vector<Sprite> sprites = generator.generate(wanted, viewOf, walk.options);
    for (std::size_t i = first; i < end; ++i) {
      writer.add(sideBySide(std::span(sprites).subspan((i - first) * views.size(), views.size())));
      monitor.advance(static_cast<std::int64_t>(i) + 1);
    }
  }
  return writer.finish();
}

}  // namespace loom
