// Films: a training as its previews went by, and walks from character to character.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/animation_writer.h"
#include "core/latent/walk.h"
#include "core/project/project.h"
#include "core/training/model.h"

namespace loom {

struct FilmOptions {
  std::optional<int> scale = {};        ///< whole; none: chosen so that the longer side has 512 px or somewhat more
  std::optional<Rgba> background = {};  ///< none: transparency is kept, in MP4 on white
  std::optional<double> framesPerSecond = {};  ///< kSlowest..kFastest; none: kUsual
  std::optional<double> seconds = {};          ///< the whole film's length instead of the rate

  static constexpr double kSlowest = 0.1, kUsual = 20, kFastest = 50;
};

/// A film as it is written, or will be.
struct Film {
  int frames = 0;
  int width = 0, height = 0;  ///< pixels, scaled
  int scale = 1;
  double framesPerSecond = 0;
  double seconds = 0;  ///< the last frame's longer stay counted
};

/// What a run left to make a film of.
struct TrainingPictures {
  struct Picture {
    std::int64_t step = 0;
    std::filesystem::path file = {};
  };
  std::vector<Picture> pictures = {};  ///< by step; the older ones of a long run are thinned out
  int width = 0, height = 0;           ///< of each, in pixels
  int cell = 0;                        ///< side of one sprite; 0: not known
  int views = 1;                       ///< rows of cells that show one character
  double stepsAnEpoch = 0;             ///< 0: not known
};
/// Throws Error when there is no picture yet.
TrainingPictures trainingPictures(const Project& project, const RunInfo& run);

struct TimelapseOptions {
  enum class Every { kEven, kEpoch, kSteps };
  Every every = Every::kEven;  ///< kEven: evenly spread, kMostEven frames at most
  std::int64_t steps = 0;      ///< from frame to frame, for kSteps
  int characters = 0;          ///< only the first ones; 0: all

  static constexpr int kMostEven = 200;
};
/// Which of the pictures a film shows: of those near one mark (a whole number of epochs or steps) the nearest. Throws
/// Error for a distance that is none, or where the run does not tell its epochs.
std::vector<TrainingPictures::Picture> shownPictures(const TrainingPictures& all, const TimelapseOptions& options);
/// Throws Error also for a length or a scale that cannot be.
Film planTimelapse(const TrainingPictures& all, const TimelapseOptions& options, const FilmOptions& film,
                   AnimationFormat format);
/// The last frame stays for two seconds, of short films for a fifth. Pictures that vanish meanwhile (thinned out by a
/// training under way) or are damaged are left out. Throws Error, Cancelled: nothing is left then.
Film writeTimelapse(const TrainingPictures& all, const TimelapseOptions& options, const FilmOptions& film,
                    const std::filesystem::path& out, JobMonitor& monitor);

struct WalkFilm {
  std::shared_ptr<const Model> model = {};
  LatentWalk walk = {};
  int frames = 60;
  std::optional<std::string> view = {};  ///< none: all views side by side
  GenerateOptions options = {};
  int threads = 0;  ///< intra-op; 0: one a core
};
/// Throws Error: no such view, a length or a scale that cannot be.
Film planWalk(const WalkFilm& walk, const FilmOptions& film, AnimationFormat format);
/// Throws Error, Cancelled: nothing is left then.
Film writeWalk(const WalkFilm& walk, const FilmOptions& film, const std::filesystem::path& out, JobMonitor& monitor);

}  // namespace loom
