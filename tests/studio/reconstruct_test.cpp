#include "core/studio/reconstruct.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/latent/sprite_encoder.h"
#include "core/studio/runs.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::kAutoencoderRun;
using test::kGanRun;
using test::TrainedRuns;

class Reconstruct : public testing::Test {
 protected:
  Reconstruct() {
    const std::vector<SpriteInfo> infos = m_runs.project().catalogue().sprites();
    for (int i = 0; i < 3; ++i) {
      const Sprite sprite = m_runs.project().catalogue().pixels(infos[static_cast<std::size_t>(4 * i + 2)].id);
      fs::create_directories(m_in / "front");
      writePng(m_in / "front" / (std::to_string(i) + ".png"), sprite);
    }
    writePng(m_in / "alone.png", m_runs.project().catalogue().pixels(infos[0].id));
  }
  std::shared_ptr<const Model> model(int run) const { return loadRunModel(m_runs.project(), m_runs.run(run)); }
  ReconstructionReport reconstruct(int run, const InversionOptions& options = {}) {
    JobMonitor monitor;
    return reconstructFiles(model(run), reconstructionFiles(m_in, m_out), options, monitor);
  }

  TrainedRuns m_runs;
  fs::path m_in = m_runs.scratch() / "in";
  fs::path m_out = m_runs.scratch() / "out";
};

TEST_F(Reconstruct, WritesEveryPictureWhereItLay) {
  const ReconstructionReport report = reconstruct(kAutoencoderRun);
  EXPECT_FALSE(report.inverted);
  EXPECT_TRUE(report.skipped.empty());
  EXPECT_EQ(report.files, (std::vector<fs::path>{m_out / "alone.png", m_out / "front/0.png", m_out / "front/1.png",
                                                 m_out / "front/2.png"}));
  for (const fs::path& file : report.files) EXPECT_EQ(readImage(file).width(), 16) << file;
  EXPECT_GT(report.l1, 0);
  EXPECT_LT(report.l1, 2);
  EXPECT_TRUE(report.strongestChannel.has_value());
}

TEST_F(Reconstruct, SkipsWhatCannotBeReadAndGoesOn) {
  std::ofstream(m_in / "front" / "broken.png") << "this is no picture";
  const ReconstructionReport report = reconstruct(kAutoencoderRun);
  EXPECT_EQ(report.files.size(), 4U);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].file, m_in / "front/broken.png");
  EXPECT_FALSE(report.skipped[0].reason.empty());
  fs::remove_all(m_in);
  fs::create_directories(m_in);
  std::ofstream(m_in / "broken.png") << "this is no picture";
  EXPECT_THROW(reconstruct(kAutoencoderRun), Error);
  fs::remove(m_in / "broken.png");
  EXPECT_THROW(reconstruct(kAutoencoderRun), Error) << "an empty folder";
}

TEST_F(Reconstruct, NeverWritesAPictureOverItself) {
  EXPECT_THROW(reconstructionFiles(m_in, m_in), Error);
  EXPECT_THROW(reconstructionFiles(m_in / "front", m_in / "front"), Error);
}

TEST_F(Reconstruct, FiguresAreMeansOverTheFiles) {
  std::vector<Sprite> sprites;
  for (const ReconstructionFile& file : reconstructionFiles(m_in, m_out)) sprites.push_back(readImage(file.from));
  const std::vector<int> views(sprites.size(), 0);
  double l1 = 0, accuracy = 0;
  for (const Reconstruction& one : SpriteEncoder(model(kAutoencoderRun)).reconstruct(sprites, views)) {
    l1 += one.l1 / 4;
    accuracy += one.accuracy / 4;
  }
  const ReconstructionReport report = reconstruct(kAutoencoderRun);
  EXPECT_NEAR(report.l1, l1, 1e-4);
  EXPECT_NEAR(report.accuracy, accuracy, 1e-3);
}

TEST_F(Reconstruct, AGanLooksForTheLatents) {
  const ReconstructionReport few = reconstruct(kGanRun, {.steps = 2, .starts = 2});
  EXPECT_TRUE(few.inverted);
  EXPECT_EQ(few.files.size(), 4U);
  const ReconstructionReport many = reconstruct(kGanRun, {.steps = 60, .starts = 2});
  EXPECT_LT(many.l1, few.l1) << "the longer, the nearer";
}

TEST_F(Reconstruct, SaysHowFarItIsOverAllPictures) {
  std::int64_t last = 0, total = 0;
  JobMonitor monitor({}, [&](const Progress& progress) {
    last = progress.done;
    total = progress.total;
  });
  reconstructFiles(model(kGanRun), reconstructionFiles(m_in, m_out), {.steps = 5, .starts = 1}, monitor);
  EXPECT_EQ(total, 20);
  EXPECT_EQ(last, 20);
}

}  // namespace
}  // namespace loom
