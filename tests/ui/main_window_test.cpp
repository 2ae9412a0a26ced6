// The whole way through the one window, by its own buttons: new project, drop, train, create, export.
#include "ui/pages/main_window.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <functional>

#include "core/base/atomic_file.h"
#include "core/image/codec.h"
#include "tests/base/temp_folder.h"
#include "tests/ui/answer_dialog.h"
#include "ui/models/run_commands.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/latent_row.h"
#include "ui/widgets/loss_plot.h"
#include "ui/widgets/preset_cards.h"
#include "ui/widgets/preview_scrubber.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/thumbnail_grid.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr int kPatience = 120'000;  // ms, for a loaded machine
constexpr int kCharacters = 6;

class MainWindowTest : public testing::Test {
 protected:
  void SetUp() override {
    window.show();
    window.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
  }
  template <class Widget>
  Widget& find(const char* name) {
    for (Widget* widget : window.findChildren<Widget*>(name)) {
      if (widget->isVisible()) return *widget;
    }
    throw std::runtime_error(std::string("the window shows no ") + name);
  }
  void click(const char* name) {
    auto& button = find<QAbstractButton>(name);
    ASSERT_TRUE(button.isEnabled()) << name;
    QTest::mouseClick(&button, Qt::LeftButton, {}, QPoint(8, button.height() / 2));
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  bool labelSays(const char* name, const QString& words) {
    return wait([&] {
      const auto labels = window.findChildren<QLabel*>(name);
      return std::ranges::any_of(
          labels, [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    });
  }
  void triggerMenu(const QString& text) {
    for (QAction* menu : window.menuBar()->actions()) {
      for (QAction* action : menu->menu()->actions()) {
        if (action->text().remove('&') != text) continue;
        ASSERT_TRUE(action->isEnabled()) << text.toStdString();
        return action->trigger();
      }
    }
    FAIL() << "no menu says " << text.toStdString();
  }
  void drop(const fs::path& source) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(source.string()))});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
  }
  /// FOLDER/{back,left,front,right}/hero-N.png, 16 x 16 px.
  fs::path drawSprites() {
    for (const char* view : {"back", "left", "front", "right"}) {
      fs::create_directories(folder / "heroes" / view);
      for (int i = 0; i < kCharacters; ++i) {
        Sprite sprite(16, 16);
        for (int y = 2; y < 15; ++y) {
          for (int x = 5; x < 11; ++x) {
            sprite.at(x, y) = {static_cast<std::uint8_t>(40 * i), static_cast<std::uint8_t>(16 * y),
                               static_cast<std::uint8_t>(view[0]), 255};
          }
        }
        writePng(folder / "heroes" / view / ("hero-" + std::to_string(i) + ".png"), sprite);
      }
    }
    return folder / "heroes";
  }
  Session& session() { return window.session(); }

  TempFolder folder;
  MainWindow window;
};

TEST_F(MainWindowTest, LeadsFromAFolderOfSpritesToASheet) {
  EXPECT_EQ(window.currentPage(), Page::kStart);
  EXPECT_FALSE(find<QToolButton>("railTrain").isEnabled()) << "no project is open yet";
  answerFileDialog(window, nullptr, folder / "mine.loom");
  triggerMenu("New project…");
  ASSERT_EQ(window.currentPage(), Page::kDataset);
  EXPECT_TRUE(window.windowTitle().contains("mine"));

  drop(drawSprites());
  ASSERT_TRUE(labelSays("importHeadline", "24 sprites arrived: 6 characters"));
  ASSERT_TRUE(labelSays("spriteCounts", "24 sprites"));
  ASSERT_TRUE(find<ThumbnailGrid>("thumbnailGrid").isVisible());

  click("railTrain");
  ASSERT_TRUE(wait([&] { return find<QPushButton>("train.start").isEnabled(); }));
  find<SettingsForm>("settingsForm").setShowsAll(true);
  for (const auto& [name, value] : {std::pair{"setting.size", 16},
                                    {"setting.features", 4},
                                    {"setting.latent", 6},
                                    {"setting.batch", 4},
                                    {"setting.preview_every", 30}}) {
    window.findChild<QSpinBox*>(name)->setValue(value);
  }
  find<QComboBox>("train.lengthUnit").setCurrentIndex(1);
  // After 10 steps BatchNorm's running variance is still so far from the batches' that the latent hardly shows.
  find<QDoubleSpinBox>("train.length").setValue(60);
  click("train.start");
  ASSERT_TRUE(labelSays("train.health", "Run 1 is finished"));
  EXPECT_EQ(find<LossPlot>("lossPlot").lastStep(), 60);
  EXPECT_EQ(find<PreviewScrubber>("previewScrubber").shownStep(), 60);
  EXPECT_EQ(find<PreviewScrubber>("previewScrubber").shown().size(), QSize(8 * 16, 8 * 16));

  click("train.next");
  ASSERT_EQ(window.currentPage(), Page::kCreate);
  auto& stage = *window.findChild<CreateStage*>();
  ASSERT_TRUE(wait([&] { return !stage.shown().empty(); }));
  const QImage first = find<SpriteCanvas>("canvas").image();
  EXPECT_EQ(first.size(), QSize(16, 16));
  LatentRow* row = find<LatentPanel>("latentPanel").row(0);
  const QRect track = row->trackArea();
  QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(track.left() + track.width() / 8, track.center().y()));
  EXPECT_TRUE(wait([&] { return find<SpriteCanvas>("canvas").image() != first; })) << "the slider changes the sprite";
  for (int i = 0; i < 2; ++i) {
    click("keepButton");
    ASSERT_TRUE(wait([&] { return find<FavouritesTray>("favouritesTray").count() == i + 1; }));
    if (i == 0) QTest::keyClick(&window, Qt::Key_R);
  }

  click("railExport");
  EXPECT_TRUE(find<QRadioButton>("favouritesChoice").isChecked());
  ASSERT_TRUE(labelSays("sheetInfo", "32 × 64 px")) << "two characters of 16 px in four views";
  answerFileDialog(window, nullptr, folder / "sheet.png");
  click("exportButton");
  ASSERT_TRUE(labelSays("savedText", "Saved sheet.png and sheet.json"));
  EXPECT_EQ(readImage(folder / "sheet.png").height(), 64);
  EXPECT_TRUE(fs::exists(folder / "sheet.json"));
}

TEST_F(MainWindowTest, LeadsFromTheTurnaroundPageToTrainingOne) {
  session().createProject(folder / "first.loom");
  click("railTurnaround");
  ASSERT_EQ(window.currentPage(), Page::kTurnaround);
  click("turnaroundEmptyButton");
  EXPECT_EQ(window.currentPage(), Page::kTrain);
  EXPECT_EQ(find<PresetCards>("presetCards").current(), "turnaround");
}

TEST_F(MainWindowTest, SavesAsMovesAndOpensFromTheRecentList) {
  session().createProject(folder / "first.loom");
  session().addStarterSet(2, 1);
  ASSERT_TRUE(wait([&] { return session().catalogue().counts().sprites == 8; }));
  answerFileDialog(window, nullptr, folder / "second.loom");
  triggerMenu("Save as…");
  ASSERT_TRUE(wait([&] { return window.windowTitle().contains("second"); }));
  EXPECT_EQ(session().catalogue().counts().sprites, 8);
  triggerMenu("Close project");
  EXPECT_EQ(window.currentPage(), Page::kStart);
  fs::create_directories(folder / "elsewhere");
  fs::rename(folder / "second.loom", folder / "elsewhere" / "moved.loom");
  EXPECT_EQ(session().recentProjects().size(), 1) << "what is gone is not offered";
  window.openProject(QString::fromStdString((folder / "elsewhere" / "moved.loom").string()));
  EXPECT_EQ(window.currentPage(), Page::kDataset);
  EXPECT_EQ(session().catalogue().counts().sprites, 8);
}

TEST(MainWindowRestart, UndoGoesOnWhereItWas) {
  const TempFolder folder;
  const QString project = QString::fromStdString((folder / "p.loom").string());
  Project::create(folder / "p.loom").catalogue().createRun("hero", {}, 10, {});
  {
    MainWindow window;
    window.openProject(project);
    renameRun(window.session(), 1, "first");
  }
  MainWindow window;
  window.openProject(project);
  const auto entry = [&window](const QKeySequence& keys) {
    for (QAction* action : window.findChildren<QAction*>()) {
      if (action->shortcuts().contains(keys)) return action;
    }
    return static_cast<QAction*>(nullptr);
  };
  QAction* undo = entry(QKeySequence(Qt::CTRL | Qt::Key_Z));
  ASSERT_NE(undo, nullptr);
  EXPECT_TRUE(undo->isEnabled());
  EXPECT_TRUE(undo->text().contains("rename run 1")) << undo->text().toStdString();
  undo->trigger();
  EXPECT_EQ(window.session().catalogue().run(1).name, "");
  EXPECT_FALSE(undo->isEnabled());
}

}  // namespace
}  // namespace loom
