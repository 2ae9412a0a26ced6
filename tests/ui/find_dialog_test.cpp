#include "ui/pages/find_dialog.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include "core/image/codec.h"
#include "tests/ui/trained_project.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms: the search itself, on a busy machine

Sprite drawing() {
  Sprite sprite(32, 32);
  for (int y = 8; y < 30; ++y) {
    for (int x = 10; x < 22; ++x) sprite.at(x, y) = {200, 60, 30, 255};
  }
  return sprite;
}

class Find : public testing::Test {
 protected:
  void SetUp() override {
    page.resize(1200, 760);
    page.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
    session.openProject(project.folder());
    ASSERT_TRUE(QTest::qWaitFor([this] { return !stage().shown().empty(); }));
    file = project.folder() / "drawing.png";
    writePng(file, drawing());
  }
  CreateStage& stage() { return *page.findChild<CreateStage*>(); }
  FindDialog* dialog() { return page.findChild<FindDialog*>("findDialog"); }
  /// As if the file were dropped on the page.
  void drop() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &event);
    ASSERT_TRUE(QTest::qWaitFor([this] { return dialog() != nullptr; }));
  }
  TrainedProject project;
  Session session;
  CreatePage page{session};
  std::filesystem::path file;
};

TEST_F(Find, ADroppedDrawingIsLookedForAndTakenOverByOneUndoStep) {
  const Latent before = stage().shown().state.latent;
  drop();
  auto& take = *dialog()->findChild<QPushButton*>("findTakeButton");
  EXPECT_FALSE(take.isEnabled()) << "nothing is found yet";
  EXPECT_EQ(dialog()->findChild<QComboBox*>("findView")->currentText(), "front");
  ASSERT_TRUE(QTest::qWaitFor([&] { return take.isEnabled(); }, kPatience));
  EXPECT_TRUE(dialog()->findChild<QLabel*>("findState")->text().contains("%"));
  EXPECT_EQ(dialog()->findChild<SpriteCanvas*>("findNearest")->image().size(), QSize(32, 32));
  QTest::mouseClick(&take, Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return stage().shown().state.latent != before; }));
  session.undoStack().undo();
  EXPECT_TRUE(QTest::qWaitFor([&] { return stage().shown().state.latent == before; }));
}

TEST_F(Find, ClosingItStopsTheSearchAndChangesNothing) {
  const Latent before = stage().shown().state.latent;
  drop();
  dialog()->reject();
  ASSERT_TRUE(QTest::qWaitFor([this] { return !session.jobs().busy(); }, kPatience));
  EXPECT_EQ(stage().shown().state.latent, before);
}

}  // namespace
}  // namespace loom
