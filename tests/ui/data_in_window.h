// A session on a project of its own, and what a person does with the dialogs that bring sprites in.
#pragma once

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <functional>
#include <memory>

#include "tests/base/temp_folder.h"
#include "ui/bridge/session.h"

namespace loom {

class DataInWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    QSettings().clear();
    m_session = std::make_unique<Session>();
    m_session->createProject(m_folder / "project.loom");
    QObject::connect(m_session.get(), &Session::messaged,
                     [this](const QString& text, const QString& hint) { m_said = text + "|" + hint; });
    QObject::connect(m_session.get(), &Session::importFinished, [this](const ImportReport& report) {
      m_report = report;
      ++m_imports;
    });
  }
  void TearDown() override {
    m_window.reset();
    m_session.reset();
  }

  /// Puts a window on the screen; it is closed at the end.
  template <class Window>
  Window* show(std::unique_ptr<Window> window) {
    Window* shown = window.get();
    shown->setAttribute(Qt::WA_DeleteOnClose, false);
    m_window = std::move(window);
    shown->show();
    shown->activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(shown));
    return shown;
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = m_window->findChild<Widget*>(name);
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }
  QString text(const char* label) { return find<QLabel>(label)->text(); }
  bool isShown(const char* name) { return find<QWidget>(name)->isVisible(); }
  void click(const char* name) {
    auto* button = find<QAbstractButton>(name);
    ASSERT_TRUE(wait([button] { return button->isVisible() && button->isEnabled(); })) << name;
    // A tick box answers on its box and words, not on the room beside them.
    constexpr int kWithinBox = 8;
    const bool box = qobject_cast<QCheckBox*>(button) != nullptr;
    QTest::mouseClick(button, Qt::LeftButton, {}, box ? QPoint(kWithinBox, button->height() / 2) : QPoint());
  }
  /// Opens a combo box and takes the entry.
  void pick(const char* name, int index) {
    auto* box = find<QComboBox>(name);
    ASSERT_TRUE(box->isVisible() && box->isEnabled()) << name;
    ASSERT_LT(index, box->count()) << name;
    box->showPopup();
    box->view()->setCurrentIndex(box->model()->index(index, 0));
    QTest::keyClick(box->view(), Qt::Key_Return);
    ASSERT_EQ(box->currentIndex(), index) << name;
    m_window->activateWindow();  // the list was a window of its own
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
  }
  /// Types into a field that has a line to type in.
  void type(const char* name, const QString& words) {
    auto* field = find<QWidget>(name);
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, words);
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 20000); }
  bool waitForImports(int count) {
    return wait([this, count] { return m_imports == count; });
  }
  std::vector<SpriteInfo> sprites() { return m_session->catalogue().sprites(); }
  Sprite pixels(const SpriteInfo& info) { return m_session->catalogue().pixels(info.id); }

  TempFolder m_folder;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<QWidget> m_window;
  QString m_said;
  ImportReport m_report;
  int m_imports = 0;
};

}  // namespace loom
