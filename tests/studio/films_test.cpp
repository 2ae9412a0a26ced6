#include "core/studio/films.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/studio/studio.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Every = TimelapseOptions::Every;

/// A cell of `cell` x `cell` pixels that tells which one it is, of which step.
Sprite cellOf(int cell, int number, std::int64_t step) {
  Sprite sprite(cell, cell);
  for (Rgba& pixel : sprite.pixels()) {
    pixel = {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(step), static_cast<std::uint8_t>(step >> 8),
             255};
  }
  return sprite;
}

Sprite gridOf(int columns, int rows, std::int64_t step) {
  constexpr int kCell = 4;
  Sprite grid(columns * kCell, rows * kCell);
  for (int i = 0; i < columns * rows; ++i) {
    paste(grid, cellOf(kCell, i, step), i % columns * kCell, i / columns * kCell);
  }
  return grid;
}

class Films : public testing::Test {
 protected:
  /// The pictures of a run that made one every `every` steps up to `last`.
  TrainingPictures made(std::int64_t every, std::int64_t last) {
    TrainingPictures all{.width = 32, .height = 32, .cell = 4, .views = 4, .stepsAnEpoch = 25};
    fs::create_directories(m_folder / "samples");
    for (std::int64_t step = every; step <= last; step += every) {
      all.pictures.push_back({step, m_folder / ("samples/step-" + std::to_string(step) + ".png")});
    }
    return all;
  }
  void save(const TrainingPictures& all) {
    for (const auto& picture : all.pictures) writePng(picture.file, gridOf(8, 8, picture.step));
  }
  static std::vector<std::int64_t> steps(const TrainingPictures& all, const TimelapseOptions& options) {
    std::vector<std::int64_t> found;
    for (const auto& picture : shownPictures(all, options)) found.push_back(picture.step);
    return found;
  }
  std::vector<AnimationFrame> read(const std::string& name) {
    return decodeAnimation(readFile(m_folder / name, limits::kMaxFileBytes), name).frames;
  }
  int filesLeft() {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(m_folder.path())) count += entry.is_regular_file() ? 1 : 0;
    return count;
  }

  TempFolder m_folder;
  JobMonitor m_monitor;
};

TEST_F(Films, ATimelapseShowsTheWholeTrainingInAtMostTwoHundredFrames) {
  EXPECT_EQ(steps(made(10, 50), {}), (std::vector<std::int64_t>{10, 20, 30, 40, 50}));
  const auto many = steps(made(10, 3900), {});
  ASSERT_EQ(many.size(), 200U);
  EXPECT_EQ(many.front(), 10);
  EXPECT_EQ(many.back(), 3900);
  EXPECT_TRUE(std::ranges::is_sorted(many));
}

TEST_F(Films, AFrameEveryNStepsOrEpochIsTheNearestThereIs) {
  const TrainingPictures all = made(10, 95);
  EXPECT_EQ(steps(all, {.every = Every::kSteps, .steps = 30}), (std::vector<std::int64_t>{10, 30, 60, 90}));
  EXPECT_EQ(steps(all, {.every = Every::kSteps, .steps = 1}), steps(all, {})) << "there are no more than there are";
  EXPECT_EQ(steps(all, {.every = Every::kEpoch}), (std::vector<std::int64_t>{10, 20, 50, 70, 90}));
  EXPECT_EQ(steps(made(10, 70), {.every = Every::kSteps, .steps = 50}), (std::vector<std::int64_t>{10, 50, 70}))
      << "how it ended is always shown";
  EXPECT_THROW(shownPictures(all, {.every = Every::kSteps, .steps = 0}), Error);
  TrainingPictures unknown = all;
  unknown.stepsAnEpoch = 0;
  EXPECT_THROW(shownPictures(unknown, {.every = Every::kEpoch}), Error);
}

TEST_F(Films, FramesAreThePicturesAndTheLastStays) {
  const TrainingPictures all = made(10, 50);
  save(all);
  const Film film = writeTimelapse(all, {}, {.scale = 2, .framesPerSecond = 10}, m_folder / "it.png", m_monitor);
  EXPECT_EQ(film.frames, 5);
  EXPECT_EQ(film.width, 64);
  EXPECT_DOUBLE_EQ(film.seconds, 2.5);
  const auto frames = read("it.png");
  ASSERT_EQ(frames.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(frames[i].sprite, enlarged(gridOf(8, 8, all.pictures[i].step), 2)) << i;
    EXPECT_EQ(frames[i].milliseconds, i < 4 ? 100 : 2100) << i;
  }
}

TEST_F(Films, AGivenLengthIsTheWholeFilms) {
  const TrainingPictures all = made(10, 300);
  save(all);
  const Film film = writeTimelapse(all, {}, {.scale = 1, .seconds = 3}, m_folder / "it.webp", m_monitor);
  EXPECT_NEAR(film.seconds, 3, 1e-9);
  int whole = 0;
  for (const AnimationFrame& frame : read("it.webp")) whole += frame.milliseconds;
  EXPECT_EQ(whole, 3000);
  EXPECT_THROW(planTimelapse(all, {}, {.seconds = 0.1}, AnimationFormat::kGif), Error) << "375 frames a second";
  EXPECT_THROW(planTimelapse(all, {}, {.framesPerSecond = 10, .seconds = 3}, AnimationFormat::kGif), Error);
}

TEST_F(Films, TheFirstCharactersAreCutOutInAllTheirViews) {
  const TrainingPictures all = made(10, 20);
  save(all);
  const Film film = writeTimelapse(all, {.characters = 2}, {.scale = 1}, m_folder / "two.png", m_monitor);
  EXPECT_EQ(film.width, 8);
  EXPECT_EQ(film.height, 16);
  const auto frames = read("two.png");
  EXPECT_EQ(frames.back().sprite, cropped(gridOf(8, 8, 20), {0, 0, 8, 16}));
  // The ninth begins the second band.
  writeTimelapse(all, {.characters = 9}, {.scale = 1}, m_folder / "nine.png", m_monitor);
  const Sprite nine = read("nine.png").back().sprite;
  ASSERT_EQ(nine.width(), 32);
  ASSERT_EQ(nine.height(), 32);
  EXPECT_EQ(nine.at(1, 17).r, 32) << "cell 32: fifth row, first column";
  EXPECT_EQ(nine.at(5, 17).a, 0);
  TrainingPictures unknown = all;
  unknown.views = 0;
  EXPECT_THROW(planTimelapse(unknown, {.characters = 1}, {}, AnimationFormat::kGif), Error);
}

TEST_F(Films, PicturesThatVanishOrBreakAreLeftOut) {
  const TrainingPictures all = made(10, 50);
  save(all);
  fs::remove(all.pictures[1].file);
  std::ofstream(all.pictures[4].file, std::ios::trunc) << "broken";
  const Film film = writeTimelapse(all, {}, {.scale = 1, .framesPerSecond = 10}, m_folder / "it.gif", m_monitor);
  EXPECT_EQ(film.frames, 3);
  const auto frames = read("it.gif");
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(frames.back().sprite, gridOf(8, 8, 40));
  EXPECT_EQ(frames.back().milliseconds, 2100) << "whichever is last stays";
  fs::remove_all(m_folder / "samples");
  EXPECT_THROW(writeTimelapse(all, {}, {}, m_folder / "none.gif", m_monitor), Error);
  EXPECT_EQ(filesLeft(), 1);
}

TEST_F(Films, CancelledTheyLeaveNothing) {
  const TrainingPictures all = made(10, 50);
  save(all);
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
  EXPECT_THROW(writeTimelapse(all, {}, {}, m_folder / "it.gif", monitor), Cancelled);
  EXPECT_EQ(filesLeft(), 0);
}

TEST_F(Films, AScaleIsChosenThatShowsPixels) {
  const TrainingPictures all = made(10, 50);
  EXPECT_EQ(planTimelapse(all, {}, {}, AnimationFormat::kGif).scale, 16);
  TrainingPictures large = all;
  large.width = large.height = 640;
  EXPECT_EQ(planTimelapse(large, {}, {}, AnimationFormat::kGif).scale, 1);
  EXPECT_EQ(planTimelapse(large, {}, {}, AnimationFormat::kMp4).scale, 2) << "half its colours would be lost";
}

/// A run of a few steps, and films of what it left.
class FilmsOfARun : public Films {
 protected:
  void SetUp() override {
    m_project.emplace(Project::create(m_folder / "p.loom"));
    addStarterSet(*m_project, 4, 3, m_monitor);
    TrainingRequest request;
    request.preset = "conditional-dcgan";
    request.settings = {{"size", 16}, {"features", 4}, {"latent", 6}, {"batch", 8}, {"preview_every", 1}};
    request.steps = 4;
    request.device = "cpu";
    TrainingListener listener;
    TrainingSession::start(*m_project, request, listener, m_monitor)->wait();
  }
  RunInfo run() { return findRun(m_project->catalogue(), "last"); }
  std::optional<Project> m_project;
};

TEST_F(FilmsOfARun, ARunTellsItsPicturesAndTheirMeaning) {
  const TrainingPictures all = trainingPictures(*m_project, run());
  ASSERT_FALSE(all.pictures.empty());
  EXPECT_EQ(all.pictures.back().step, 4);
  EXPECT_EQ(all.cell, 16);
  EXPECT_EQ(all.views, 4);
  EXPECT_EQ(all.width, 8 * 16);
  EXPECT_EQ(all.height, 8 * 16);
  EXPECT_DOUBLE_EQ(all.stepsAnEpoch, 2);
  fs::remove_all(m_project->runFolder(run()) / "samples");
  EXPECT_THROW(trainingPictures(*m_project, run()), Error);
}

TEST_F(FilmsOfARun, AWalkGoesFromOneCharacterToTheOtherInAllViews) {
  const auto model = loadRunModel(*m_project, run());
  WalkFilm walk{
      .model = model, .walk = {.points = {sampleLatent(1, 0, 6), sampleLatent(2, 0, 6)}}, .frames = 9, .threads = 1};
  const Film film = writeWalk(walk, {.scale = 1, .framesPerSecond = 10}, m_folder / "it.png", m_monitor);
  EXPECT_EQ(film.frames, 9);
  EXPECT_EQ(film.width, 4 * 16);
  EXPECT_EQ(film.height, 16);
  EXPECT_DOUBLE_EQ(film.seconds, 0.9);
  const auto frames = read("it.png");
  ASSERT_EQ(frames.size(), 9U);
  for (const auto& [seed, frame] : {std::pair{1, frames.front()}, std::pair{2, frames.back()}}) {
    const auto character =
        generateCharacters(model, 1, static_cast<std::uint64_t>(seed), {}, std::nullopt, m_monitor, 1).front();
    for (int view = 0; view < 4; ++view) {
      EXPECT_EQ(contentHash(cropped(frame.sprite, {view * 16, 0, 16, 16})),
                contentHash(character.views[static_cast<std::size_t>(view)].second))
          << seed << ", view " << view;
    }
    EXPECT_EQ(frame.milliseconds, 100);
  }
  walk.view = "front";
  EXPECT_EQ(planWalk(walk, {.scale = 1}, AnimationFormat::kGif).width, 16);
  walk.view = "under";
  EXPECT_THROW(planWalk(walk, {}, AnimationFormat::kGif), Error);
}

}  // namespace
}  // namespace loom
