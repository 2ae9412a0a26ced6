// MP4 films: with the ffmpeg that is installed, where one is, and with ones that miss, fail or hang.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/animation_writer.h"
#include "picture_bytes.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::plainSprite;

constexpr Rgba kRed{220, 30, 30, 255};
constexpr Rgba kGreen{40, 180, 60, 255};

class Video : public testing::Test {
 protected:
  void SetUp() override { m_path = std::getenv("PATH"); }
  void TearDown() override { ::setenv("PATH", m_path.c_str(), 1); }

  /// An ffmpeg that does what the shell script says; it alone is found.
  void install(const std::string& script) {
    fs::create_directories(m_folder / "bin");
    std::ofstream(m_folder / "bin/ffmpeg") << "#!/bin/sh\nPATH=" << m_path << "\n" << script << "\n";
    fs::permissions(m_folder / "bin/ffmpeg", fs::perms::owner_all);
    ::setenv("PATH", (m_folder / "bin").c_str(), 1);
  }
  int filmsLeft() {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(m_folder.path())) count += entry.is_regular_file() ? 1 : 0;
    return count;
  }
  /// Frames of a video as ffmpeg reads them, RGBA.
  std::string framesOf(const std::string& name) {
    const std::string raw = (m_folder / "raw").string();
    const std::string command =
        "ffmpeg -v error -y -i " + (m_folder / name).string() + " -f rawvideo -pix_fmt rgba " + raw;
    EXPECT_EQ(std::system(command.c_str()), 0);
    return readTextFile(raw, limits::kMaxFileBytes);
  }

  TempFolder m_folder;
  std::string m_path;
};

bool ffmpegWorks() {
  try {
    checkAnimationFormat(AnimationFormat::kMp4);
  } catch (const Error&) {
    return false;
  }
  return true;
}

TEST_F(Video, HasTheFramesForTheirTimesInTheirColours) {
  if (!ffmpegWorks()) GTEST_SKIP() << "no ffmpeg here";
  AnimationWriter writer(m_folder / "it.mp4", {.scale = 5, .background = kGreen, .videoRate = 10});
  Sprite framed = plainSprite(11, 9, kRed);
  framed.at(0, 0) = {};
  writer.add(framed, 100);
  writer.add(plainSprite(11, 9, kGreen), 300);
  writer.add(plainSprite(11, 9, kRed), 100);
  writer.finish();
  const std::string pixels = framesOf("it.mp4");
  constexpr int kWidth = 56, kHeight = 46;  // 55 x 45, made even
  ASSERT_EQ(pixels.size(), 5U * kWidth * kHeight * 4);
  const auto expectColour = [&](int frame, int x, int y, Rgba colour) {
    const auto* at = reinterpret_cast<const std::uint8_t*>(pixels.data()) + ((frame * kHeight + y) * kWidth + x) * 4;
    EXPECT_NEAR(at[0], colour.r, 16) << "frame " << frame << " at " << x << ", " << y;
    EXPECT_NEAR(at[1], colour.g, 16) << "frame " << frame << " at " << x << ", " << y;
    EXPECT_NEAR(at[2], colour.b, 16) << "frame " << frame << " at " << x << ", " << y;
  };
  expectColour(0, 20, 20, kRed);
  expectColour(0, 0, 0, kGreen);  // the hole
  for (const int frame : {1, 2, 3}) expectColour(frame, 10, 10, kGreen);
  expectColour(4, 10, 10, kRed);
}

TEST_F(Video, WithoutARateEveryFrameIsSeenAndTheTimeIsRight) {
  if (!ffmpegWorks()) GTEST_SKIP() << "no ffmpeg here";
  AnimationWriter writer(m_folder / "it.mp4", {});
  for (int i = 0; i < 3; ++i) writer.add(plainSprite(16, 16, i % 2 == 0 ? kRed : kGreen), i == 0 ? 200 : 50);
  writer.finish();
  EXPECT_EQ(framesOf("it.mp4").size(), 15U * 16 * 16 * 4) << "0.3 s of 50 frames a second";
}

TEST_F(Video, AMissingFfmpegSaysHowToGetItAndWhatWorksWithout) {
  ::setenv("PATH", m_folder.path().c_str(), 1);
  try {
    AnimationWriter(m_folder / "it.mp4", {});
    FAIL() << "there is no ffmpeg";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("not installed"), std::string::npos);
    EXPECT_NE(error.hint().find("apt install ffmpeg"), std::string::npos);
    EXPECT_NE(error.hint().find(".gif"), std::string::npos);
  }
  EXPECT_EQ(filmsLeft(), 0);
}

TEST_F(Video, AFailingFfmpegReportsItsLastLinesAndLeavesNothing) {
  install("head -c 100 >/dev/null; echo noise >&2; echo noise >&2; echo noise >&2; echo 'Unknown encoder' >&2; exit 3");
  try {
    AnimationWriter writer(m_folder / "it.mp4", {});
    for (int i = 0; i < 200; ++i) writer.add(plainSprite(64, 64, kRed), 20);
    writer.finish();
    FAIL() << "ffmpeg failed";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("Unknown encoder"), std::string::npos) << error.what();
    EXPECT_FALSE(error.hint().empty());
  }
  install("cat >/dev/null; echo 'at the very end' >&2; exit 1");
  try {
    AnimationWriter writer(m_folder / "it.mp4", {});
    writer.add(plainSprite(8, 8, kRed), 20);
    writer.finish();
    FAIL() << "ffmpeg failed";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("at the very end"), std::string::npos) << error.what();
  }
  EXPECT_EQ(filmsLeft(), 0);
}

TEST_F(Video, CancellingKillsAHangingFfmpegAndLeavesNothing) {
  for (const bool reading : {false, true}) {
    install("echo $$ >" + (m_folder / "bin/pid").string() + "; " + (reading ? "cat >/dev/null; " : "") +
            "exec sleep 600");
    std::stop_source stop;
    std::jthread user([&] {
      while (!fs::exists(m_folder / "bin/pid")) std::this_thread::yield();
      stop.request_stop();
    });
    EXPECT_THROW(
        {
          AnimationWriter writer(m_folder / "it.mp4", {}, JobMonitor(stop.get_token(), {}));
          for (int i = 0; i < 20; ++i) writer.add(plainSprite(256, 256, kRed), 20);
          writer.finish();
        },
        Cancelled);
    pid_t process = 0;
    std::ifstream(m_folder / "bin/pid") >> process;
    ASSERT_GT(process, 0);
    EXPECT_EQ(::kill(process, 0), -1) << "it is gone";
    EXPECT_EQ(filmsLeft(), 0);
    fs::remove(m_folder / "bin/pid");
  }
}

TEST_F(Video, AnUnfinishedOneEndsItsFfmpegAndSparesWhatWasThere) {
  install("echo $$ >" + (m_folder / "bin/pid").string() + "; exec cat >/dev/null");
  writeFileAtomically(m_folder / "it.mp4", std::string_view("mine"));
  {
    AnimationWriter writer(m_folder / "it.mp4", {});
    writer.add(plainSprite(8, 8, kRed), 20);
  }
  EXPECT_EQ(readTextFile(m_folder / "it.mp4", 100), "mine");
  EXPECT_EQ(filmsLeft(), 1);
}

}  // namespace
}  // namespace loom
