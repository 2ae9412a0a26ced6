#include "ui/widgets/keyboard_map.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAction>
#include <QLineEdit>
#include <QShortcut>
#include <QTest>
#include <QTreeWidget>
#include <set>

#include "ui/pages/main_window.h"

namespace loom {
namespace {

std::set<QString> keysOfTheMap() {
  std::set<QString> keys;
  for (const KeyGroup& group : keyboardMap()) {
    for (const KeyHint& hint : group.hints) keys.insert(hint.keys.begin(), hint.keys.end());
  }
  if (keys.contains(KeyboardMapDialog::tr("arrow keys"))) keys.insert({"Up", "Down", "Left", "Right"});
  return keys;
}

/// Every key that a shortcut, a button or a menu of the window has, and where.
std::vector<std::pair<QString, QString>> keysOfTheWindow(const QWidget& window) {
  std::vector<std::pair<QString, QString>> keys;
  const auto add = [&keys](const QKeySequence& sequence, const QObject* where) {
    if (sequence.isEmpty()) return;
    keys.emplace_back(sequence.toString(QKeySequence::PortableText),
                      QString(where->metaObject()->className()) + " " + where->objectName());
  };
  for (const QShortcut* shortcut : window.findChildren<QShortcut*>()) add(shortcut->key(), shortcut->parent());
  for (const QAction* action : window.findChildren<QAction*>()) {
    for (const QKeySequence& sequence : action->shortcuts()) add(sequence, action);
  }
  for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
    // An ampersand in the text gives Alt and a letter, which the text itself shows.
    if (!button->shortcut().toString(QKeySequence::PortableText).startsWith("Alt+")) add(button->shortcut(), button);
  }
  return keys;
}

TEST(KeyboardMap, NamesEveryKeyOfTheWindow) {
  MainWindow window;
  const std::set<QString> known = keysOfTheMap();
  const auto keys = keysOfTheWindow(window);
  EXPECT_GT(keys.size(), 50U);
  for (const auto& [key, where] : keys) EXPECT_TRUE(known.contains(key)) << qPrintable(key + " of " + where);
}

TEST(KeyboardMap, HasNoGroupWithoutKeysAndNoHintWithoutWords) {
  for (const KeyGroup& group : keyboardMap()) {
    EXPECT_FALSE(group.hints.empty()) << qPrintable(group.title);
    for (const KeyHint& hint : group.hints) {
      EXPECT_FALSE(hint.keys.isEmpty()) << qPrintable(hint.what);
      EXPECT_FALSE(hint.what.isEmpty()) << qPrintable(hint.keys.join(' '));
    }
  }
}

TEST(KeyboardMap, IsFilteredByKeyDeedAndPage) {
  auto* dialog = new KeyboardMapDialog("Create");
  dialog->show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog));
  auto& keys = *dialog->findChild<QTreeWidget*>("keyboardKeys");
  ASSERT_NE(keys.currentItem(), nullptr);
  EXPECT_EQ(keys.currentItem()->parent()->text(0), "Create");
  const auto left = [&keys] {
    int count = 0;
    for (int i = 0; i < keys.topLevelItemCount(); ++i) {
      for (int k = 0; k < keys.topLevelItem(i)->childCount(); ++k) count += !keys.topLevelItem(i)->child(k)->isHidden();
    }
    return count;
  };
  const int all = left();
  auto& field = *dialog->findChild<QLineEdit*>("keyboardFilter");
  QTest::keyClicks(&field, "symmetry");
  EXPECT_EQ(left(), 1);
  field.setText("Ctrl+E");
  EXPECT_GE(left(), 3);
  EXPECT_LT(left(), all);
  field.setText("turnaround");
  EXPECT_GE(left(), 5) << "a page's name shows all of its keys";
  field.clear();
  EXPECT_EQ(left(), all);
  dialog->close();
}

}  // namespace
}  // namespace loom
