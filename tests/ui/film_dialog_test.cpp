// Films from the window: of a training, and of a walk from A to B.
#include <gtest/gtest.h>

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <cstdlib>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/data_in_window.h"
#include "tests/ui/trained_project.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/timelapse_dialog.h"
#include "ui/pages/train_page.h"
#include "ui/pages/walk_dialog.h"

namespace loom {
namespace {

enum Format { kGif, kWebp, kApng, kMp4 };

class FilmDialogTest : public DataInWindow {
 protected:
  void SetUp() override {
    DataInWindow::SetUp();
    QSettings().setValue("film/folder", QString::fromStdString(m_folder.path().string()));
    m_session->openProject(m_project.folder());
  }
  void openTimelapse() {
    show(std::make_unique<TimelapseDialog>(*m_session, 2));
    ASSERT_TRUE(wait([this] { return text("filmKept").startsWith("The run has kept"); }))
        << text("filmKept").toStdString();
  }
  void openWalk() {
    m_session->generator().setModel(TrainedProject::model("conditional-dcgan"));
    show(std::make_unique<WalkDialog>(*m_session, std::vector<CharacterState>{{.latent = sampleLatent(1, 0, 12)},
                                                                              {.latent = sampleLatent(2, 0, 12)}}));
  }
  void set(const char* name, int value) { find<QSpinBox>(name)->setValue(value); }
  void write() {
    click("filmWriteButton");
    ASSERT_TRUE(wait([this] { return !m_window->isVisible(); })) << text("filmState").toStdString();
  }
  std::vector<AnimationFrame> read(const std::string& name) {
    return decodeAnimation(readFile(m_folder / name, limits::kMaxFileBytes), name).frames;
  }
  bool exists(const std::string& name) { return std::filesystem::exists(m_folder / name); }

  TrainedProject m_project;
};

TEST_F(FilmDialogTest, SaysWhatTheFilmWillBeAndWritesIt) {
  openTimelapse();
  set("filmScale", 1);
  const QString planned = text("filmSize");
  EXPECT_TRUE(planned.contains(QString::fromUtf8("256 × 256 pixels"))) << planned.toStdString();
  write();
  EXPECT_TRUE(m_said.contains("run-2.gif")) << m_said.toStdString();
  const auto frames = read("run-2.gif");
  ASSERT_FALSE(frames.empty());
  EXPECT_TRUE(planned.startsWith(QString::number(frames.size()) + " frame")) << planned.toStdString();
  EXPECT_EQ(frames.back().sprite.width(), 256);
  EXPECT_EQ(frames.back().milliseconds, 2050) << "the last one stays";
}

TEST_F(FilmDialogTest, FollowsItsSettingsAndRemembersThem) {
  openTimelapse();
  pick("filmFormat", kApng);
  EXPECT_TRUE(find<QLineEdit>("filmOut")->text().endsWith("run-2.png"));
  EXPECT_FALSE(find<QWidget>("filmSteps")->isEnabled());
  pick("filmEvery", 2);
  EXPECT_TRUE(find<QWidget>("filmSteps")->isEnabled());
  set("filmSteps", 1000);
  EXPECT_TRUE(text("filmSize").startsWith("1 frame") || text("filmSize").startsWith("2 frames"));
  set("filmCharacters", 1);
  set("filmScale", 3);
  EXPECT_TRUE(text("filmSize").contains(QString::fromUtf8("96 × 384 pixels"))) << text("filmSize").toStdString();
  find<QDoubleSpinBox>("filmRate")->setValue(5);
  write();
  EXPECT_EQ(read("run-2.png").front().sprite.height(), 384);
  openTimelapse();
  EXPECT_EQ(find<QComboBox>("filmFormat")->currentIndex(), kApng);
  EXPECT_EQ(find<QComboBox>("filmEvery")->currentIndex(), 2);
  EXPECT_EQ(find<QSpinBox>("filmSteps")->value(), 1000);
  EXPECT_EQ(find<QSpinBox>("filmCharacters")->value(), 1);
  EXPECT_EQ(find<QSpinBox>("filmScale")->value(), 3);
  EXPECT_EQ(find<QDoubleSpinBox>("filmRate")->value(), 5);
}

TEST_F(FilmDialogTest, TheFilesEndingChoosesTheFormat) {
  openTimelapse();
  answerFileDialog(*m_window, "filmOutDialog", m_folder / "mine.webp");
  click("filmBrowse");
  ASSERT_TRUE(wait([this] { return find<QComboBox>("filmFormat")->currentIndex() == kWebp; }));
  write();
  EXPECT_FALSE(read("mine.webp").empty());
}

TEST_F(FilmDialogTest, RefusesToReplaceUntilAllowed) {
  std::ofstream(m_folder / "run-2.gif") << "mine";
  openTimelapse();
  click("filmWriteButton");
  EXPECT_TRUE(text("filmState").contains("would be replaced")) << text("filmState").toStdString();
  EXPECT_EQ(readTextFile(m_folder / "run-2.gif", 100), "mine");
  click("filmReplace");
  write();
  EXPECT_FALSE(read("run-2.gif").empty());
}

TEST_F(FilmDialogTest, WithoutFfmpegAVideoSaysWhatToDo) {
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", m_folder.path().c_str(), 1);
  openTimelapse();
  pick("filmFormat", kMp4);
  EXPECT_TRUE(text("filmState").contains("apt install ffmpeg")) << text("filmState").toStdString();
  EXPECT_FALSE(find<QWidget>("filmWriteButton")->isEnabled());
  pick("filmFormat", kGif);
  EXPECT_EQ(text("filmState"), "");
  EXPECT_TRUE(find<QWidget>("filmWriteButton")->isEnabled());
  ::setenv("PATH", before.c_str(), 1);
}

TEST_F(FilmDialogTest, AWalkIsWrittenFromAToBInAllViews) {
  openWalk();
  set("walkFrames", 5);
  click("walkLoops");  // it was on
  set("filmScale", 1);
  pick("filmFormat", kApng);
  EXPECT_TRUE(text("filmSize").contains(QString::fromUtf8("128 × 32 pixels"))) << text("filmSize").toStdString();
  write();
  const auto frames = read("walk.png");
  ASSERT_EQ(frames.size(), 5U);
  JobMonitor monitor;
  const auto first = generateCharacters(TrainedProject::model("conditional-dcgan"), 1, 1, {}, {}, monitor, 1).front();
  EXPECT_EQ(contentHash(cropped(frames.front().sprite, {32, 0, 32, 32})), contentHash(first.views[1].second));
}

TEST_F(FilmDialogTest, ClosingItStopsTheWriting) {
  openWalk();
  set("walkFrames", 10'000);
  click("filmWriteButton");
  EXPECT_FALSE(find<QWidget>("filmOut")->isEnabled());
  ASSERT_TRUE(wait([this] { return m_session->jobs().currentTitle() == "Writing a film"; }));
  static_cast<QDialog*>(m_window.get())->reject();
  ASSERT_TRUE(wait([this] { return !m_session->jobs().busy(); }));
  EXPECT_FALSE(exists("walk.gif"));
}

TEST_F(FilmDialogTest, AWalkBetweenCharactersOfAnotherModelIsRefused) {
  m_session->generator().setModel(TrainedProject::model("dcgan"));
  EXPECT_THROW(WalkDialog(*m_session, {{.latent = sampleLatent(1, 0, 12)}}), Error);
}

TEST_F(FilmDialogTest, TheTrainPageOffersAFilmOfTheRunShown) {
  auto* page = show(std::make_unique<TrainPage>(*m_session));
  page->resize(1200, 900);
  auto* film = page->findChild<QToolButton*>("preview.film");
  ASSERT_NE(film, nullptr);
  ASSERT_TRUE(wait([film] { return film->isVisible() && film->isEnabled(); }));
  QTest::mouseClick(film, Qt::LeftButton);
  auto* dialog = page->findChild<QDialog*>("timelapseDialog");
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->isVisible());
  EXPECT_TRUE(dialog->windowTitle().contains("run 2")) << dialog->windowTitle().toStdString();
  dialog->reject();
}

TEST_F(FilmDialogTest, TheCreatePageOffersAWalkOnceThereAreAAndB) {
  auto* page = show(std::make_unique<CreatePage>(*m_session));
  page->resize(1300, 760);
  auto* stage = page->findChild<CreateStage*>();
  ASSERT_NE(stage, nullptr);
  ASSERT_TRUE(wait([stage] { return !stage->shown().empty(); }));
  auto* walk = page->findChild<QPushButton*>("walkButton");
  ASSERT_NE(walk, nullptr);
  click("storeAButton");
  EXPECT_FALSE(walk->isVisible());
  const CharacterState first = stage->shown().state;
  QTest::keyClick(page, Qt::Key_R);
  ASSERT_TRUE(wait([&] { return stage->shown().state.latent != first.latent; }));
  click("storeBButton");
  click("walkButton");
  auto* dialog = page->findChild<QDialog*>("walkDialog");
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->isVisible());
  dialog->reject();
}

}  // namespace
}  // namespace loom
