// The dataset page on screen, on a project of its own with a few sprites, and what a person does with it.
#pragma once

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSettings>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <functional>
#include <memory>

#include "tests/base/temp_folder.h"
#include "ui/models/sprite_model.h"
#include "ui/pages/dataset_page.h"
#include "ui/widgets/thumbnail_grid.h"

namespace loom {

class DatasetFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    QSettings().clear();
    m_session = std::make_unique<Session>();
    m_session->createProject(m_folder);
    QObject::connect(m_session.get(), &Session::messaged, [this](const QString& text, const QString& hint) {
      m_said = text;
      m_hint = hint;
    });
    showPage();
  }
  void TearDown() override {
    m_page.reset();
    m_session.reset();
  }
  void showPage() {
    m_page = std::make_unique<DatasetPage>(*m_session);
    m_page->resize(1200, 800);
    m_page->show();
    m_page->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
  }

  SpriteId add(const Sprite& pixels, const std::string& character, const std::string& view,
               const std::string& tags = {}) {
    return m_session->catalogue().addSprite(
        {.pixels = pixels, .character = character, .view = view, .source = "from/" + character, .tags = tags});
  }
  void reload(int rows) {
    m_session->notifySpritesChanged();
    ASSERT_TRUE(waitForRows(rows));
  }

  template <class Widget>
  Widget* find(const QString& name) {
    auto* widget = m_page->findChild<Widget*>(name);
    EXPECT_NE(widget, nullptr) << name.toStdString();
    return widget;
  }
  ThumbnailGrid* grid() { return find<ThumbnailGrid>("thumbnailGrid"); }
  SpriteModel* model() { return m_page->findChild<SpriteModel*>(); }
  QString text(const char* label) { return find<QLabel>(label)->text(); }
  bool isShown(const char* name) {
    auto* widget = m_page->findChild<QWidget*>(name);
    return widget != nullptr && widget->isVisible();
  }
  bool canClick(const char* name) { return isShown(name) && find<QWidget>(name)->isEnabled(); }
  void click(const char* name) {
    ASSERT_TRUE(wait([&] { return canClick(name); })) << name;
    QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton);
  }
  /// An entry of a button's menu.
  void choose(const char* button, const QString& action) {
    auto* tool = find<QToolButton>(button);
    ASSERT_TRUE(tool->isVisible() && tool->isEnabled()) << button;
    for (QAction* entry : tool->menu() != nullptr ? tool->menu()->actions() : tool->actions()) {
      if (entry->objectName() != action) continue;
      ASSERT_TRUE(entry->isEnabled());
      return entry->trigger();
    }
    FAIL() << action.toStdString() << " is not offered";
  }
  void openTab(const QString& title) {
    auto* side = find<QTabWidget>("datasetSide");
    for (int tab = 0; tab < side->count(); ++tab) {
      if (side->tabText(tab) != title) continue;
      QTest::mouseClick(side->tabBar(), Qt::LeftButton, {}, side->tabBar()->tabRect(tab).center());
      ASSERT_EQ(side->currentIndex(), tab);
      return;
    }
    FAIL() << title.toStdString();
  }
  void clickCell(int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    grid()->ensureVisible(row);
    QTest::mouseClick(grid()->viewport(), Qt::LeftButton, modifiers, grid()->cellInViewport(row).center());
  }
  void clickSprite(SpriteId id, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    ASSERT_GE(model()->rowOf(id), 0);
    clickCell(model()->rowOf(id), modifiers);
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    grid()->setFocus();
    QTest::keyClick(grid(), key, modifiers);
  }
  void type(const char* edit, const QString& text) {
    auto* line = find<QLineEdit>(edit);
    ASSERT_TRUE(line->isVisible() && line->isEnabled()) << edit;
    QTest::mouseClick(line, Qt::LeftButton);
    line->selectAll();
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 15000); }
  bool waitForRows(int rows) {
    return wait([this, rows] { return !model()->loading() && model()->rowCount() == rows; });
  }
  Sprite pixels(SpriteId id) { return m_session->catalogue().pixels(id); }
  SpriteInfo info(SpriteId id) {
    const SpriteId ids[] = {id};
    return m_session->catalogue().sprites(ids).front();
  }

  TempFolder m_temp;
  std::filesystem::path m_folder = m_temp / "project.loom";
  std::unique_ptr<Session> m_session;
  std::unique_ptr<DatasetPage> m_page;
  QString m_said, m_hint;
};

}  // namespace loom
