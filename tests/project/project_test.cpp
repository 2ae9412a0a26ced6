#include "core/project/project.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <stop_token>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& failure) {
    return std::string(failure.what()) + " | " + failure.hint();
  }
  return {};
}

#define EXPECT_REFUSED(action, words)                                    \
  do {                                                                   \
    const std::string message = refusal([&] { action; });                \
    EXPECT_NE(message.find(words), std::string::npos) << "'" << message; \
  } while (false)

void fill(const Project& project, int sprites) {
  Catalogue catalogue = project.catalogue();
  Catalogue::Transaction transaction(catalogue);
  for (int i = 0; i < sprites; ++i) {
    catalogue.addSprite(
        {.pixels = sampleSprite(i, 24, 24), .character = std::to_string(i), .view = "front", .source = {}});
  }
  transaction.commit();
}

class ProjectTest : public testing::Test {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(m_folder.path())) found.push_back(entry.path().filename());
    return found;
  }
  TempFolder m_folder;
};

TEST_F(ProjectTest, IsCreatedAndOpenedAgain) {
  const Project made = Project::create(m_folder / "heroes.loom/");
  EXPECT_EQ(made.name(), "heroes");
  EXPECT_EQ(made.folder(), m_folder / "heroes.loom");
  EXPECT_TRUE(made.folder().is_absolute());
  EXPECT_TRUE(fs::is_directory(made.folder() / "runs"));
  fill(made, 3);
  EXPECT_TRUE(Project::isProject(made.folder()));
  EXPECT_EQ(Project::open(m_folder / "heroes.loom").catalogue().sprites().size(), 3U);
}

TEST_F(ProjectTest, TakesThePathExactlyAsGiven) {
  EXPECT_EQ(Project::create(m_folder / "plain").folder(), m_folder / "plain");
  EXPECT_EQ(Project::open(m_folder / "plain").name(), "plain");
  EXPECT_EQ(Project::create(m_folder / "deep/er/heroes v1.2").name(), "heroes v1.2");
  fs::create_directory(m_folder / "empty");
  EXPECT_NO_THROW(Project::create(m_folder / "empty"));
}

TEST_F(ProjectTest, CreatingNeverTouchesWhatIsThere) {
  Project::create(m_folder / "a.loom");
  EXPECT_REFUSED(Project::create(m_folder / "a.loom"), "open it instead");
  fs::create_directory(m_folder / "full");
  writeFileAtomically(m_folder / "full/notes.txt", "mine");
  EXPECT_REFUSED(Project::create(m_folder / "full"), "not empty");
  EXPECT_REFUSED(Project::create(m_folder / "full/notes.txt"), "a file");
  EXPECT_EQ(readTextFile(m_folder / "full/notes.txt", 10), "mine");
  EXPECT_REFUSED(Project::create(""), "no project was named");
}

TEST_F(ProjectTest, SaysWhatIsThereInsteadOfAProject) {
  EXPECT_REFUSED(Project::open(m_folder / "nowhere"), "there is no project at");
  Project::create(m_folder / "heroes.loom");
  EXPECT_REFUSED(Project::open(m_folder / "heroes"), "did you mean");
  EXPECT_REFUSED(Project::open(m_folder.path()), "heroes.loom");
  EXPECT_REFUSED(Project::open(m_folder / "heroes.loom/project.db"), "open the folder it lies in");
  writeFileAtomically(m_folder / "knight.png", "x");
  EXPECT_REFUSED(Project::open(m_folder / "knight.png"), "is a file");
  fs::create_directory(m_folder / "pictures");
  EXPECT_REFUSED(Project::open(m_folder / "pictures"), "import");
  EXPECT_FALSE(Project::isProject(m_folder / "pictures"));
  EXPECT_FALSE(Project::isProject(m_folder / "nowhere"));
}

TEST_F(ProjectTest, ADamagedDatabaseIsToldAndLeftAsItIs) {
  Project made = Project::create(m_folder / "a.loom");
  fill(made, 200);
  std::string bytes = readTextFile(made.database(), 1 << 24);
  const std::string head = bytes.substr(0, 4096);
  for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 % 251);
  writeFileAtomically(made.database(), bytes);
  EXPECT_REFUSED(Project::open(made.folder()), "damaged");
  EXPECT_REFUSED(Project::open(made.folder()), "nothing was changed");
  EXPECT_EQ(readTextFile(made.database(), 1 << 24), bytes);

  writeFileAtomically(made.database(), "this is no database at all");
  EXPECT_REFUSED(Project::open(made.folder()), "damaged");
  writeFileAtomically(made.database(), "");
  EXPECT_REFUSED(Project::open(made.folder()), "is empty");
  EXPECT_EQ(fs::file_size(made.database()), 0U);
}

TEST_F(ProjectTest, AProjectThatMayNotBeWrittenSaysSo) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const Project made = Project::create(m_folder / "a.loom");
  fs::permissions(made.folder(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_REFUSED(Project::open(made.folder()), "copy it to a folder where you may write");
  fs::permissions(made.folder(), fs::perms::owner_all);
}

TEST_F(ProjectTest, MovedOrCopiedElsewhereItOpens) {
  const Project made = Project::create(m_folder / "here.loom");
  fill(made, 5);
  fs::create_directory(m_folder / "archive");
  fs::rename(made.folder(), m_folder / "archive/there.loom");
  const Project moved = Project::open(m_folder / "archive/there.loom");
  EXPECT_EQ(moved.catalogue().sprites().size(), 5U);
  const RunInfo run = moved.catalogue().createRun("dcgan", {}, 1, {});
  EXPECT_EQ(moved.runFolder(run), m_folder / "archive/there.loom/runs/0001-dcgan");
  fs::copy(moved.folder(), m_folder / "copy.loom", fs::copy_options::recursive);
  fs::remove_all(m_folder / "copy.loom/runs");  // as copying by way of an archive may do to an empty folder
  EXPECT_EQ(Project::open(m_folder / "copy.loom").catalogue().sprites().size(), 5U);
  EXPECT_TRUE(fs::is_directory(m_folder / "copy.loom/runs"));
}

TEST_F(ProjectTest, SaveAsCopiesSpritesAndRunsButNothingHalfWritten) {
  const Project made = Project::create(m_folder / "a.loom");
  fill(made, 300);
  const RunInfo run = made.catalogue().createRun("dcgan", {}, 1, {});
  fs::create_directories(made.runFolder(run) / "checkpoints");
  writeFileAtomically(made.runFolder(run) / "checkpoints/10.safetensors", std::string(5000, 'w'));
  writeFileAtomically(made.runFolder(run) / "checkpoints/.20.safetensors.x7Hq2a", "half");
  std::vector<Progress> reports;
  JobMonitor monitor({}, [&](const Progress& progress) { reports.push_back(progress); });
  fs::create_directory(m_folder / "b.loom");  // an empty folder, as a file dialogue leaves it
  const Project copy = made.saveAs(m_folder / "b.loom", monitor);
  EXPECT_EQ(copy.folder(), m_folder / "b.loom");
  EXPECT_EQ(copy.catalogue().sprites().size(), 300U);
  EXPECT_EQ(copy.catalogue().pixels(7), made.catalogue().pixels(7));
  EXPECT_EQ(readTextFile(copy.runFolder(run) / "checkpoints/10.safetensors", 10'000), std::string(5000, 'w'));
  EXPECT_FALSE(fs::exists(copy.runFolder(run) / "checkpoints/.20.safetensors.x7Hq2a"));
  EXPECT_EQ(names().size(), 2U);
  ASSERT_FALSE(reports.empty());
  EXPECT_GT(reports.front().total, 0);
  EXPECT_LE(reports.back().done, reports.back().total);
  fill(copy, 1);
  EXPECT_EQ(made.catalogue().sprites().size(), 300U) << "the copy is a project of its own";
}

TEST_F(ProjectTest, SaveAsIsWholeWhileSomethingWrites) {
  const Project made = Project::create(m_folder / "a.loom");
  fill(made, 400);
  std::jthread writer([&made](const std::stop_token& stop) {
    Catalogue catalogue = made.catalogue();
    for (int i = 0; !stop.stop_requested(); ++i) {
      Catalogue::Transaction transaction(catalogue);
      for (const char* view : {"front", "back"}) {
        catalogue.addSprite(
            {.pixels = sampleSprite(i, 24, 24), .character = "new" + std::to_string(i), .view = view, .source = {}});
      }
      transaction.commit();
    }
  });
  JobMonitor monitor;
  const Project copy = made.saveAs(m_folder / "b.loom", monitor);
  writer.request_stop();
  writer.join();
  const std::size_t copied = copy.catalogue().sprites().size();
  EXPECT_GE(copied, 400U);
  EXPECT_EQ(copied % 2, 0U);
  EXPECT_LE(copied, made.catalogue().sprites().size());
  EXPECT_EQ(copy.catalogue().findDamage(), "");
}

TEST_F(ProjectTest, ACancelledSaveAsLeavesNothing) {
  const Project made = Project::create(m_folder / "a.loom");
  fill(made, 50);
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
  EXPECT_THROW(made.saveAs(m_folder / "b.loom", monitor), Cancelled);
  EXPECT_EQ(names(), std::vector<std::string>{"a.loom"});
}

TEST_F(ProjectTest, SaveAsOverwritesNothing) {
  const Project made = Project::create(m_folder / "a.loom");
  Project::create(m_folder / "b.loom");
  writeFileAtomically(m_folder / "file", "mine");
  JobMonitor monitor;
  EXPECT_REFUSED(made.saveAs(m_folder / "b.loom", monitor), "nothing is overwritten");
  EXPECT_REFUSED(made.saveAs(m_folder / "a.loom", monitor), "inside itself");
  EXPECT_REFUSED(made.saveAs(m_folder / "a.loom/runs/copy", monitor), "inside itself");
  EXPECT_REFUSED(made.saveAs(m_folder / "file", monitor), "nothing is overwritten");
  EXPECT_REFUSED(made.saveAs(m_folder / "nowhere/b.loom", monitor), "there is no folder");
  EXPECT_EQ(names().size(), 3U);
}

}  // namespace
}  // namespace loom
