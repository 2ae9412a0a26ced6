#include "core/studio/pictures.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/edit.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

using test::kAutoencoderRun;
using test::kGanRun;
using test::TrainedRuns;

constexpr int kCell = 17;  // 16 px and the gap

class Pictures : public testing::Test {
 protected:
  Sprite grid(int run, PictureKind kind, const PictureOptions& options = {}) const {
    JobMonitor monitor;
    return makeGrid(m_runs.project(), m_runs.run(run), kind, options, monitor);
  }
  static Sprite cell(const Sprite& grid, int column, int row) {
    return cropped(grid, {column * kCell, row * kCell, 16, 16});
  }
  TrainedRuns m_runs;
};

TEST_F(Pictures, SamplesOfAnAutoencoderAreAHundredAndOfAGanSixtyFour) {
  EXPECT_EQ(grid(kAutoencoderRun, PictureKind::kSamples).width(), 10 * kCell - 1);
  EXPECT_EQ(grid(kAutoencoderRun, PictureKind::kSamples).height(), 10 * kCell - 1);
  EXPECT_EQ(grid(kGanRun, PictureKind::kSamples).width(), 8 * kCell - 1);
}

TEST_F(Pictures, ReconstructionsStandWhereTheirOriginalsDo) {
  const Sprite originals = grid(kAutoencoderRun, PictureKind::kOriginals, {.seed = 4});
  const Sprite made = grid(kAutoencoderRun, PictureKind::kReconstructions, {.seed = 4});
  EXPECT_EQ(made.width(), originals.width());
  EXPECT_EQ(made.height(), originals.height());
  EXPECT_NE(made, originals);
  EXPECT_EQ(originals, grid(kAutoencoderRun, PictureKind::kOriginals, {.seed = 4}));
  EXPECT_NE(originals, grid(kAutoencoderRun, PictureKind::kOriginals, {.seed = 5}));
}

TEST_F(Pictures, ShowSpritesTheRunHasNotSeen) {
  const auto unseen = unseenSprites(m_runs.project(), m_runs.run(kAutoencoderRun));
  ASSERT_FALSE(unseen.empty()) << "the preset holds some out";
  const Sprite originals = grid(kAutoencoderRun, PictureKind::kOriginals);
  const auto pixels = m_runs.project().catalogue().pixels(unseen);
  int found = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(unseen.size(), 10); ++i) {
    const Sprite shown = cell(originals, static_cast<int>(i), 0);
    for (const Sprite& sprite : pixels) found += fittedTo(sprite, 16).sprite == shown ? 1 : 0;
  }
  EXPECT_GE(found, static_cast<int>(std::min<std::size_t>(unseen.size(), 10)));
}

TEST_F(Pictures, DenoisedShowsCleanNoisyAndMadeInARow) {
  const Sprite picture = grid(kAutoencoderRun, PictureKind::kDenoised, {.seed = 4});
  EXPECT_EQ(picture.width(), 3 * kCell - 1);
  EXPECT_EQ(cell(picture, 0, 0), cell(grid(kAutoencoderRun, PictureKind::kOriginals, {.seed = 4}), 0, 0));
  EXPECT_NE(cell(picture, 1, 0), cell(picture, 0, 0));
  const Sprite calm = grid(kAutoencoderRun, PictureKind::kDenoised, {.seed = 4, .noise = 0});
  EXPECT_EQ(cell(calm, 1, 0), cell(calm, 0, 0)) << "no noise";
}

TEST_F(Pictures, AGanHasOriginalsButNoReconstructions) {
  EXPECT_FALSE(grid(kGanRun, PictureKind::kOriginals).empty());
  EXPECT_THROW(grid(kGanRun, PictureKind::kReconstructions), Error);
  EXPECT_THROW(grid(kGanRun, PictureKind::kDenoised), Error);
}

TEST_F(Pictures, EveryKindHasAName) {
  for (const std::string& name : pictureKindNames()) EXPECT_NO_THROW(parsePictureKind(name));
  EXPECT_EQ(parsePictureKind("denoised"), PictureKind::kDenoised);
  EXPECT_EQ(parsePictureKind("samples"), PictureKind::kSamples);
  EXPECT_THROW(parsePictureKind("portraits"), Error);
}

TEST_F(Pictures, TheBestWeightsAreThoseOfTheBestCheckpoint) {
  const auto best = bestCheckpoint(m_runs.project().runFolder(m_runs.run(kAutoencoderRun)));
  ASSERT_TRUE(best.has_value());
  const auto model = loadRunModel(m_runs.project(), m_runs.run(kAutoencoderRun), Weights::kBest);
  EXPECT_EQ(model->step, best->step);
  std::filesystem::remove(best->file);
  EXPECT_EQ(loadRunModel(m_runs.project(), m_runs.run(kAutoencoderRun), Weights::kBest)->step, 6)
      << "the newest where none was kept";
}

}  // namespace
}  // namespace loom
