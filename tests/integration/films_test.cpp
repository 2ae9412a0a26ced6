// interpolate and timelapse, as scripts use them.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/limits.h"
#include "core/image/animation.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::CliResult;
using test::runCli;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

/// A project with a run that drew a picture at each of its six steps: an epoch and a half.
class FilmCommands : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_made = std::make_unique<TempFolder>();
    const std::string project = (*s_made / "p.loom").string();
    ASSERT_EQ(runCli(s_made->path(), {"new", project}).exitCode, 0);
    ASSERT_EQ(runCli(s_made->path(), {"starter", project, "--characters", "8", "--seed", "3"}).exitCode, 0);
    const CliResult trained = runCli(s_made->path(), {"train",    project,
                                                      "--preset", "conditional-dcgan",
                                                      "--set",    "size=16",
                                                      "--set",    "features=4",
                                                      "--set",    "latent=8",
                                                      "--set",    "batch=8",
                                                      "--set",    "preview_every=1",
                                                      "--device", "cpu",
                                                      "--seed",   "5",
                                                      "--steps",  "6"});
    ASSERT_EQ(trained.exitCode, 0) << trained.errors;
  }
  static void TearDownTestSuite() { s_made.reset(); }

  std::string project() const { return (*s_made / "p.loom").string(); }
  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& words) const { return runCli(m_folder.path(), words); }
  CliResult film(Words words, const Words& more) const {
    words.insert(words.end(), more.begin(), more.end());
    return cli(words);
  }
  CliResult timelapse(const Words& more) const { return film({"timelapse", project(), "1"}, more); }
  CliResult walk(const Words& more) const {
    return film({"interpolate", project(), "last", "--from", "4", "--to", "9", "--frames", "7"}, more);
  }
  std::vector<AnimationFrame> read(const std::string& name) const {
    return decodeAnimation(readFile(m_folder / name, limits::kMaxFileBytes), name).frames;
  }

  static std::unique_ptr<TempFolder> s_made;
  TempFolder m_folder;
};
std::unique_ptr<TempFolder> FilmCommands::s_made;

TEST_F(FilmCommands, TimelapseShowsTheTraining) {
  for (const std::string name : {"t.gif", "t.webp", "t.png"}) {
    const CliResult result = timelapse({"--out", path(name), "--scale", "1", "--fps", "10"});
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    const Json done = result.done();
    EXPECT_EQ(done.at("file"), path(name));
    const int frames = done.at("frames").get<int>();
    EXPECT_EQ(done.at("pictures"), frames);
    const auto shown = read(name);
    int time = 0;
    for (const AnimationFrame& frame : shown) time += frame.milliseconds;
    EXPECT_EQ(time, 100 * frames + 2000) << name;
    if (name == "t.webp") {  // equal frames are one there
      EXPECT_LE(static_cast<int>(shown.size()), frames);
    } else {
      ASSERT_EQ(static_cast<int>(shown.size()), frames) << name;
      EXPECT_EQ(shown.back().milliseconds, 2100) << name;
    }
    const fs::path newest = fs::path(project()) / "runs";
    if (name != "t.gif") {
      for (const auto& entry : fs::recursive_directory_iterator(newest)) {
        if (entry.path().filename() != "step-00000006.png") continue;
        EXPECT_EQ(contentHash(shown.back().sprite), contentHash(readImage(entry.path()))) << name;
      }
    }
  }
}

TEST_F(FilmCommands, TimelapseTakesAFrameEveryEpochOrSoManyStepsAndAFewCharacters) {
  const CliResult everyTwo = timelapse({"--out", path("two.png"), "--scale", "1", "--every", "2"});
  ASSERT_EQ(everyTwo.exitCode, 0) << everyTwo.errors;
  EXPECT_LT(everyTwo.done().at("frames"), everyTwo.done().at("pictures"));
  const CliResult epochs =
      timelapse({"--out", path("epoch.png"), "--scale", "1", "--every", "epoch", "--seconds", "2"});
  ASSERT_EQ(epochs.exitCode, 0) << epochs.errors;
  EXPECT_NEAR(epochs.done().at("seconds").get<double>(), 2, 1e-6);
  const CliResult one = timelapse({"--out", path("one.png"), "--characters", "1", "--scale", "2"});
  ASSERT_EQ(one.exitCode, 0) << one.errors;
  EXPECT_EQ(one.done().at("width"), 32);
  EXPECT_EQ(one.done().at("height"), 4 * 32);
}

TEST_F(FilmCommands, InterpolateWalksFromSeedToSeed) {
  const CliResult result = walk({"--out", path("w.png"), "--scale", "1"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("frames"), 7);
  const auto frames = read("w.png");
  ASSERT_EQ(frames.size(), 7U);
  EXPECT_EQ(frames[0].sprite.width(), 64);
  for (const auto& [seed, frame] : std::vector<std::pair<std::string, std::size_t>>{{"4", 0}, {"9", 6}}) {
    ASSERT_EQ(cli({"generate", project(), "1", "--count", "1", "--seed", seed, "--out", path(seed)}).exitCode, 0);
    int x = 0;
    for (const std::string view : {"back", "left", "front", "right"}) {
      EXPECT_EQ(contentHash(cropped(frames[frame].sprite, {x, 0, 16, 16})),
                contentHash(readImage(m_folder / (seed + "/" + view + "/0.png"))))
          << seed << ", " << view;
      x += 16;
    }
  }
  ASSERT_EQ(walk({"--out", path("again.png"), "--scale", "1"}).exitCode, 0);
  EXPECT_EQ(readFile(path("again.png"), 1 << 20), readFile(path("w.png"), 1 << 20)) << "the same to the byte";
}

TEST_F(FilmCommands, InterpolateLoopsEasesAndGoesStraightOrVia) {
  const auto framesOf = [this](const std::string& name, const Words& more) {
    Words words{"--out", path(name), "--scale", "1", "--view", "front"};
    words.insert(words.end(), more.begin(), more.end());
    const CliResult result = walk(words);
    EXPECT_EQ(result.exitCode, 0) << result.errors;
    return read(name);
  };
  const auto plain = framesOf("plain.png", {});
  ASSERT_EQ(plain.size(), 7U);
  EXPECT_EQ(plain[0].sprite.width(), 16);
  const auto loop = framesOf("loop.png", {"--loop"});
  EXPECT_EQ(contentHash(loop[1].sprite), contentHash(loop[6].sprite)) << "there and back on the same way";
  const auto via = framesOf("via.png", {"--via", "20"});
  EXPECT_EQ(contentHash(via[0].sprite), contentHash(plain[0].sprite));
  EXPECT_EQ(contentHash(via[6].sprite), contentHash(plain[6].sprite));
  EXPECT_EQ(framesOf("eased.png", {"--eased", "--linear", "--truncation", "0.7"}).size(), 7U);
}

TEST_F(FilmCommands, RefuseToReplaceAndSayWhatIsWrong) {
  std::ofstream(path("mine.gif")) << "mine";
  for (const CliResult& refused : {timelapse({"--out", path("mine.gif")}), walk({"--out", path("mine.gif")})}) {
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_NE(refused.events.back().at("hint").get<std::string>().find("--force"), std::string::npos);
  }
  EXPECT_EQ(readTextFile(path("mine.gif"), 100), "mine");
  EXPECT_EQ(timelapse({"--out", path("mine.gif"), "--force"}).exitCode, 0);
  EXPECT_GT(read("mine.gif").size(), 1U);
  const std::vector<CliResult> wrong = {
      timelapse({"--out", path("x.mov")}),
      timelapse({"--out", path("x.gif"), "--every", "sometimes"}),
      timelapse({"--out", path("x.gif"), "--fps", "10", "--seconds", "3"}),
      timelapse({"--out", path("x.gif"), "--background", "reddish"}),
      walk({"--out", path("x.gif"), "--frames", "1"}),
      cli({"interpolate", project(), "1", "--from", "1", "--frames", "3", "--out", path("x.gif")}),
  };
  for (const CliResult& result : wrong) {
    EXPECT_EQ(result.exitCode, 2) << result.errors;
    EXPECT_FALSE(result.error().empty());
  }
  EXPECT_EQ(walk({"--out", path("x.gif"), "--view", "under"}).exitCode, 1);
  EXPECT_EQ(timelapse({"--out", path("none/x.gif")}).exitCode, 1);
  EXPECT_FALSE(fs::exists(path("x.gif")));
}

TEST_F(FilmCommands, WithoutFfmpegMp4SaysSoAndWithItThereIsOne) {
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", m_folder.path().c_str(), 1);
  const CliResult missing = walk({"--out", path("w.mp4")});
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_EQ(missing.exitCode, 1);
  EXPECT_NE(missing.events.back().at("hint").get<std::string>().find("ffmpeg"), std::string::npos);
  if (std::system("ffmpeg -version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no ffmpeg here";
  const CliResult made = walk({"--out", path("w.mp4")});
  ASSERT_EQ(made.exitCode, 0) << made.errors;
  EXPECT_GT(fs::file_size(path("w.mp4")), 500U);
  EXPECT_EQ(std::system(("ffmpeg -v error -xerror -i " + path("w.mp4") + " -f null -").c_str()), 0);
}

TEST_F(FilmCommands, StoppedInTheMiddleTheyLeaveNothing) {
  test::CliProcess walking(m_folder.path(), {"interpolate", project(), "1", "--from", "1", "--to", "2", "--frames",
                                             "10000", "--out", path("long.gif"), "--json"});
  ASSERT_TRUE(walking.waitForEvent("progress"));
  walking.send(SIGTERM);
  const CliResult result = walking.wait();
  EXPECT_EQ(result.exitCode, 1) << result.errors;
  for (const auto& entry : fs::directory_iterator(m_folder.path())) {
    EXPECT_EQ(entry.path().filename().string().find("long.gif"), std::string::npos) << entry.path();
  }
}

TEST_F(FilmCommands, LoopsTurnTheCharactersOfEverySource) {
  const CliResult drawn =
      cli({"loops", project(), "--run", "last", "--count", "2", "--seed", "3", "--out", path("t.png"), "--scale", "1"});
  ASSERT_EQ(drawn.exitCode, 0) << drawn.errors;
  EXPECT_EQ(drawn.done().at("files"), (Json{path("t-0.png"), path("t-1.png")}));
  EXPECT_EQ(drawn.done().at("frames"), 8);
  ASSERT_EQ(cli({"generate", project(), "1", "--count", "2", "--seed", "3", "--out", path("g")}).exitCode, 0);
  const auto frames = read("t-1.png");
  ASSERT_EQ(frames.size(), 4U);
  const std::array<const char*, 4> turn = {"front", "left", "back", "right"};
  for (std::size_t i = 0; i < turn.size(); ++i) {
    EXPECT_EQ(frames[i].milliseconds, 250);
    EXPECT_EQ(contentHash(frames[i].sprite), contentHash(readImage(m_folder / "g" / turn[i] / "1.png"))) << turn[i];
  }
  const CliResult folder = cli({"loops", project(), "--in", path("g"), "--together", "--view-ms", "90", "--once",
                                "--background", "#102030", "--scale", "2", "--out", path("f.gif")});
  ASSERT_EQ(folder.exitCode, 0) << folder.errors;
  EXPECT_EQ(folder.done().at("width"), 2 * 2 * 16);
  EXPECT_EQ(read("f.gif").at(3).milliseconds, 90);
  EXPECT_EQ(readTextFile(path("f.gif"), 1 << 20).find("NETSCAPE2.0"), std::string::npos) << "plays once";
  const CliResult set = cli({"loops", project(), "--sprites", "--together", "--out", path("s.webp")});
  ASSERT_EQ(set.exitCode, 0) << set.errors;
  EXPECT_TRUE(fs::exists(path("s.credits.txt")));
  const CliResult sheet = cli({"sheet", project(), "--sprites", "--out", path("sheet.png")});
  EXPECT_EQ(sheet.exitCode, 0) << sheet.errors;
}

TEST_F(FilmCommands, LoopsOfAnimationsHaveTheTimesOfTheirFrames) {
  const std::string walkers = path("walkers.loom");
  ASSERT_EQ(cli({"new", walkers}).exitCode, 0);
  for (int frame = 0; frame < 2; ++frame) {
    Sprite pixels(8, 8);
    std::ranges::fill(pixels.pixels(), Rgba{static_cast<std::uint8_t>(100 + frame), 1, 2, 255});
    Project::open(walkers).catalogue().addSprite({.pixels = pixels,
                                                  .character = "ann",
                                                  .view = "left",
                                                  .source = "test",
                                                  .animation = "walk",
                                                  .frame = frame,
                                                  .milliseconds = 70 + 30 * frame});
  }
  const CliResult made =
      cli({"loops", walkers, "--sprites", "--kind", "animation", "--animation", "walk", "--out", path("w.gif")});
  ASSERT_EQ(made.exitCode, 0) << made.errors;
  const auto frames = read("w.gif");
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].milliseconds, 70);
  EXPECT_EQ(frames[1].milliseconds, 100);
  EXPECT_EQ(frames[1].sprite.at(511, 0), (Rgba{101, 1, 2, 255})) << "fitting";
  const CliResult turn = cli({"loops", walkers, "--sprites", "--out", path("t.gif")});
  EXPECT_EQ(turn.exitCode, 1);
  EXPECT_NE(turn.error().find("two views"), std::string::npos);
  const CliResult run =
      cli({"loops", walkers, "--sprites", "--kind", "animation", "--animation", "run", "--out", path("t.gif")});
  EXPECT_EQ(run.events.back().at("hint"), "there are: walk");
}

TEST_F(FilmCommands, LoopsSayWhatIsWrongAndReplaceNothingUnasked) {
  EXPECT_EQ(cli({"loops", project(), "--out", path("x.gif")}).exitCode, 2) << "no source";
  EXPECT_EQ(cli({"loops", project(), "--sprites", "--out", path("x.bmp")}).exitCode, 2);
  EXPECT_EQ(cli({"loops", project(), "--sprites", "--kind", "dance", "--out", path("x.gif")}).exitCode, 2);
  EXPECT_EQ(cli({"loops", project(), "--sprites", "--animation", "walk", "--out", path("x.gif")}).exitCode, 2);
  EXPECT_EQ(
      cli({"loops", project(), "--sprites", "--kind", "animation", "--view-ms", "90", "--out", path("x.gif")}).exitCode,
      2);
  EXPECT_EQ(cli({"loops", project(), "--favourites", "--out", path("x.gif")}).exitCode, 1) << "there are none";
  std::ofstream(path("x-1.gif")) << "mine";
  const Words draw = {"loops", project(), "--run", "last", "--count", "2", "--out", path("x.gif")};
  const CliResult refused = cli(draw);
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_NE(refused.error().find("x-1.gif would be replaced"), std::string::npos) << refused.error();
  EXPECT_EQ(readTextFile(path("x-1.gif"), 100), "mine");
  EXPECT_FALSE(fs::exists(path("x-0.gif")));
  EXPECT_EQ(film(draw, {"--force"}).exitCode, 0);
  EXPECT_EQ(read("x-1.gif").size(), 4U);
}

}  // namespace
}  // namespace loom
