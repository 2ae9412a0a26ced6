// Loops: characters that turn, and animations that go round, as films without an end.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/export/sheet.h"
#include "core/studio/films.h"

namespace loom {

enum class LoopKind {
  kTurn,       ///< a character's views as a turn goes by them, from the front clockwise
  kAnimation,  ///< the frames of an animation (walk, run, …) in one view, each for its own time
};

struct LoopOptions {
  LoopKind kind = LoopKind::kTurn;
  /// All characters in one film (of animations: in one each, views below each other), else one for each character, or
  /// its animation in one view.
  bool together = false;
  int viewMilliseconds = kUsual;  ///< for which a turn shows each view; limits.h has the range
  std::string animation = {};     ///< only that one; empty: all
  bool endless = true;            ///< starts again at its end; of an MP4 the player decides that

  static constexpr int kUsual = 250;
};

/// A film to be: which sprites stand where, and when the picture changes.
struct Loop {
  struct Step {
    std::size_t view = 0;  ///< index into the character's views
    int milliseconds = 0;
  };
  /// One place of the picture; its steps are shown round and round.
  struct Track {
    std::size_t character = 0;
    std::vector<Step> steps = {};
    int column = 0, row = 0;  ///< in cells
  };
  struct Frame {
    int at = 0;  ///< the moment of the tracks that it shows, ms
    int milliseconds = 0;
  };
  std::string name = {};  ///< "CHARACTER", "CHARACTER-ANIMATION-VIEW"; together "", "ANIMATION"
  int cellWidth = 0, cellHeight = 0;
  int columns = 1, rows = 1;
  std::vector<Track> tracks = {};
  std::vector<Frame> frames = {};

  int width() const { return columns * cellWidth; }  ///< px before scaling
  int height() const { return rows * cellHeight; }
};

struct LoopPlan {
  std::vector<Loop> loops;
  int leftOut = 0;  ///< characters in none of them
};
/// Of several sprites of one view or frame the first counts; a turn takes stills, where there are none an animation's
/// first frame. Characters that lack a view stay in the one before when they turn together. Tracks of different lengths
/// go on until all begin anew, for at most half a minute. A frame of unknown time is shown for 100 ms. Throws Error
/// where nothing loops.
LoopPlan planLoops(std::span<const SheetCharacter> characters, const LoopOptions& options);

/// The animations of two frames and more, as people count.
std::vector<std::string> loopAnimations(std::span<const SheetCharacter> characters);

/// Unscaled; sprites stand bottom centre in their cells.
Sprite loopPicture(std::span<const SheetCharacter> characters, const Loop& loop, const Loop::Frame& frame);

/// The longest of the films, in the largest one's size; `film` says scale and background alone. The scale is one for
/// all. Throws Error.
Film largestLoop(const LoopPlan& plan, const FilmOptions& film, AnimationFormat format);

/// OUT itself for one film, else OUT-NAME with its ending.
std::vector<std::filesystem::path> loopFiles(const LoopPlan& plan, const std::filesystem::path& out);

struct LoopFilms {
  std::vector<std::filesystem::path> files = {};
  int mostColours = 0;  ///< of one picture, the hole around sprites counted as one
};
/// Says in a sentence what a GIF changes of pictures of so many colours, and what keeps them; empty where nothing.
std::string colourWarning(const LoopFilms& films);

/// Writes all files of a plan of these characters over those that are there, or none. Throws Error, Cancelled.
LoopFilms writeLoops(std::span<const SheetCharacter> characters, const LoopPlan& plan, const LoopOptions& options,
                     const FilmOptions& film, const std::filesystem::path& out, JobMonitor& monitor);

}  // namespace loom
