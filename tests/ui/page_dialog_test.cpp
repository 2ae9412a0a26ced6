// Pictures of a web page in the window, from a server of our own on this machine.
#include "ui/pages/page_dialog.h"

#include <QElapsedTimer>
#include <QLineEdit>

#include "tests/dataset/loopback_server.h"
#include "tests/dataset/made_files.h"
#include "tests/ui/data_in_window.h"
#include "ui/widgets/page_pictures.h"

namespace loom {
namespace {

class PageDialogTest : public DataInWindow {
 protected:
  void SetUp() override {
    DataInWindow::SetUp();
    m_server.put("/robots.txt", Served{.status = 404});
  }
  void putPicture(const std::string& path, int number) {
    m_server.put(path, Served{.type = "image/png", .body = pngBytes(number, 16, 16)});
  }
  /// A page of `count` pictures, /0.png and so on, under a licence.
  void putPage(int count) {
    std::string html = "<title>Heroes</title><a rel=license href='https://creativecommons.org/licenses/by/4.0/'>CC</a>";
    for (int i = 0; i < count; ++i) {
      const std::string path = "/" + std::to_string(i) + ".png";
      putPicture(path, i);
      html += "<img src='" + path + "' alt='hero " + std::to_string(i) + "'>";
    }
    m_server.put("/page", Served{.body = html});
  }
  void open(const std::string& path = "/page") {
    show(std::make_unique<PageDialog>(*m_session, QString::fromStdString(m_server.url(path))));
  }
  PagePictures* table() { return find<PagePictures>("pagePictures"); }
  QString cell(int row, int column) { return table()->item(row, column)->text(); }
  bool waitForRows(int rows) {
    return wait([this, rows] { return table()->rowCount() == rows; });
  }
  QAbstractButton* fetch() { return find<QAbstractButton>("fetchButton"); }

  LoopbackServer m_server;
};

TEST_F(PageDialogTest, ListsThePicturesWithSizesAndImportsThePickedUnderTheirLicence) {
  putPage(3);
  open();
  ASSERT_TRUE(waitForRows(3));
  EXPECT_TRUE(text("pageState").startsWith("Heroes: 3 pictures.")) << text("pageState").toStdString();
  EXPECT_EQ(find<QLineEdit>("pageLicence")->text(), "CC-BY-4.0");
  EXPECT_EQ(cell(1, 3), "hero 1");
  EXPECT_EQ(fetch()->text(), "Fetch and import 3 pictures");
  EXPECT_TRUE(wait([this] { return cell(2, 1) == "16 × 16"; }));
  EXPECT_TRUE(wait([this] { return !find<QWidget>("measureButton")->isEnabled(); }));  // all are known

  click("pickNoneButton");
  EXPECT_FALSE(fetch()->isEnabled());
  table()->selectRow(1);
  table()->setFocus();
  QTest::keyClick(table(), Qt::Key_Space);
  EXPECT_EQ(fetch()->text(), "Fetch and import 1 picture");
  type("pageAuthor", "Ann Archer");
  click("fetchButton");
  EXPECT_FALSE(m_window->isVisible());
  ASSERT_TRUE(waitForImports(1));
  ASSERT_EQ(sprites().size(), 1U);
  const SpriteInfo info = sprites().front();
  EXPECT_EQ(info.source, m_server.url("/1.png"));
  EXPECT_EQ(info.licence, "CC-BY-4.0");
  EXPECT_EQ(info.author, "Ann Archer");
  EXPECT_EQ(pixels(info), sampleSprite(1, 16, 16));
  m_session->undoStack().undo();
  EXPECT_TRUE(wait([this] { return sprites().empty(); }));
}

TEST_F(PageDialogTest, MeasuresTheFirstPicturesUnaskedAndTheFetchDoesNotWaitForTheRest) {
  putPage(PageDialog::kMeasuredAtOnce + 20);
  open();
  ASSERT_TRUE(waitForRows(PageDialog::kMeasuredAtOnce + 20));
  EXPECT_FALSE(find<QWidget>("measureButton")->isEnabled());  // it measures
  ASSERT_TRUE(wait([this] { return !cell(0, 1).isEmpty(); }));
  EXPECT_TRUE(wait([this] { return isShown("jobStrip"); }));
  EXPECT_TRUE(text("jobStripText").contains("of 12")) << text("jobStripText").toStdString();
  click("pickNoneButton");
  table()->item(0, 0)->setCheckState(Qt::Checked);
  QElapsedTimer clock;
  clock.start();
  click("fetchButton");
  ASSERT_TRUE(waitForImports(1));
  EXPECT_LT(clock.elapsed(), 6000);  // measuring the other eleven would take as many seconds
  EXPECT_EQ(sprites().size(), 1U);
}

TEST_F(PageDialogTest, MeasuringIsStoppedAndGoneOnWith) {
  putPage(4);
  open();
  ASSERT_TRUE(waitForRows(4));
  ASSERT_TRUE(wait([this] { return !cell(0, 1).isEmpty(); }));
  click("jobStripCancel");
  ASSERT_TRUE(wait([this] { return find<QWidget>("measureButton")->isEnabled(); }));
  EXPECT_TRUE(cell(3, 1).isEmpty());
  click("measureButton");
  EXPECT_TRUE(wait([this] { return cell(3, 1) == "16 × 16"; }));
}

TEST_F(PageDialogTest, AFetchIsCancelledAndNothingComes) {
  putPage(4);
  open();
  ASSERT_TRUE(waitForRows(4));
  click("fetchButton");
  ASSERT_TRUE(wait([this] { return m_session->jobs().currentTitle() == "Fetching pictures"; }));
  m_session->jobs().cancel();
  EXPECT_TRUE(wait([this] { return !m_session->jobs().busy(); }));
  QTest::qWait(50);
  EXPECT_TRUE(sprites().empty());
}

TEST_F(PageDialogTest, WhatCannotBeFetchedIsInTheReport) {
  putPage(2);
  m_server.put("/1.png", Served{.status = 404});
  open();
  ASSERT_TRUE(waitForRows(2));
  click("fetchButton");
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(m_report.imported, 1);
  ASSERT_EQ(m_report.skipped.size(), 1U);
  EXPECT_TRUE(m_report.skipped.front().file.ends_with("/1.png"));
}

TEST_F(PageDialogTest, APictureThatIsNotThereCannotBePicked) {
  putPage(2);
  m_server.put("/1.png", Served{.status = 404});
  open();
  ASSERT_TRUE(waitForRows(2));
  ASSERT_TRUE(wait([this] { return fetch()->text() == "Fetch and import 1 picture"; }));
  EXPECT_FALSE(cell(1, 3).isEmpty());
  click("pickAllButton");
  EXPECT_EQ(fetch()->text(), "Fetch and import 1 picture");
}

TEST_F(PageDialogTest, APicturesOwnAddressIsThatPicture) {
  putPicture("/hero.png", 7);
  open("/hero.png");
  ASSERT_TRUE(waitForRows(1));
  click("fetchButton");
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(sprites().size(), 1U);
}

TEST_F(PageDialogTest, SaysWhatIsWrongWithAnAddress) {
  show(std::make_unique<PageDialog>(*m_session, QString()));
  type("pageAddress", "no address");
  QTest::keyClick(find<QWidget>("pageAddress"), Qt::Key_Return);
  EXPECT_TRUE(text("pageState").startsWith("That is no address")) << text("pageState").toStdString();
  EXPECT_TRUE(m_window->isVisible());
  type("pageAddress", QString::fromStdString(m_server.url("/missing")));
  click("lookButton");
  ASSERT_TRUE(wait([this] { return text("pageState").contains("404"); })) << text("pageState").toStdString();
  EXPECT_TRUE(find<QWidget>("lookButton")->isEnabled());
  EXPECT_FALSE(fetch()->isEnabled());
}

TEST_F(PageDialogTest, DroppedPicturesThatLieInTheirAddressAreImported) {
  const QByteArray bytes = QByteArray::fromStdString(pngBytes(3, 16, 16));
  const std::string address = "data:image/png;base64," + bytes.toBase64().toStdString();
  show(std::make_unique<PageDialog>(*m_session, std::vector<std::string>{address}));
  ASSERT_TRUE(waitForRows(1));
  EXPECT_TRUE(wait([this] { return cell(0, 1) == "16 × 16"; }));
  click("fetchButton");
  ASSERT_TRUE(waitForImports(1)) << m_said.toStdString();
  ASSERT_EQ(sprites().size(), 1U);
  EXPECT_EQ(pixels(sprites().front()), sampleSprite(3, 16, 16));
}

}  // namespace
}  // namespace loom
