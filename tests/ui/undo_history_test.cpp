#include "ui/bridge/undo_history.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <QTest>
#include <QUndoCommand>
#include <optional>

#include "tests/base/temp_folder.h"

namespace loom {
namespace {

/// Adds to a number, which is the work of somebody else; with ballast, to be large.
class AddStep : public UndoStep {
 public:
  AddStep(int& total, int amount, int gesture = 0, std::size_t ballast = 0)
      : UndoStep(QString("add %1").arg(amount)),
        m_total(total),
        m_amount(amount),
        m_gesture(gesture),
        m_ballast(ballast) {}
  int id() const override { return m_gesture > 0 ? 1 : -1; }
  Record record() const override { return {"add", {{"amount", m_amount}, {"ballast", std::string(m_ballast, 'x')}}}; }

 private:
  void revert() override { m_total -= m_amount; }
  void apply() override { m_total += m_amount; }
  bool absorb(const UndoStep& other) override {
    const auto* newer = dynamic_cast<const AddStep*>(&other);
    if (newer == nullptr || newer->m_gesture != m_gesture) return false;
    m_amount += newer->m_amount;
    setText(QString("add %1").arg(m_amount));
    return true;
  }
  int& m_total;
  int m_amount;
  int m_gesture;
  std::size_t m_ballast;
};

class UndoHistoryTest : public ::testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() { openIn(m_folder / "project.db"); }
  void openIn(const std::filesystem::path& file) {
    m_history.reset();
    m_catalogue.emplace(file);
    m_history.emplace();
    m_history->addKind("add", [this](const Json& data) -> std::unique_ptr<UndoStep> {
      return std::make_unique<AddStep>(m_total, data.at("amount").get<int>(), 0,
                                       data.at("ballast").get<std::string>().size());
    });
    m_history->open(*m_catalogue);
  }
  /// As the end of the program and its next start.
  void restart() {
    m_history->close();
    open();
  }
  /// Something between two starts.
  void changeFile(const std::string& sql) {
    m_history->close();
    m_history.reset();
    m_catalogue.reset();
    SQLite::Database((m_folder / "project.db").string(), SQLite::OPEN_READWRITE).exec(sql);
    open();
  }
  QUndoStack& stack() { return m_history->stack(); }
  void add(int amount, int gesture = 0, std::size_t ballast = 0) {
    stack().push(new AddStep(m_total, amount, gesture, ballast));
  }
  QStringList texts() {
    QStringList list;
    for (int i = 0; i < stack().count(); ++i) list.append(stack().text(i));
    return list;
  }

  TempFolder m_folder;
  int m_total = 0;
  std::optional<Catalogue> m_catalogue;
  std::optional<UndoHistory> m_history;
};

TEST_F(UndoHistoryTest, IsThereAfterARestartAtTheSamePlace) {
  for (const int amount : {1, 2, 4, 8}) add(amount);
  stack().undo();
  restart();
  EXPECT_EQ(m_total, 7) << "nothing is done or undone by coming back";
  EXPECT_EQ(texts(), QStringList({"add 1", "add 2", "add 4", "add 8"}));
  EXPECT_EQ(stack().index(), 3);
  stack().undo();
  stack().undo();
  EXPECT_EQ(m_total, 1);
  restart();
  EXPECT_EQ(stack().index(), 1);
  while (stack().canRedo()) stack().redo();
  EXPECT_EQ(m_total, 15);
  restart();
  while (stack().canUndo()) stack().undo();
  EXPECT_EQ(m_total, 0);
}

TEST_F(UndoHistoryTest, ACopyTakenWhileTheProgramRunsHasIt) {
  add(1);
  add(2);
  stack().undo();
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_catalogue->keptSteps().size() == 2; }));
  std::filesystem::create_directory(m_folder / "copy");
  for (const auto& file : std::filesystem::directory_iterator(m_folder.path())) {
    if (file.is_regular_file()) std::filesystem::copy_file(file, m_folder / "copy" / file.path().filename());
  }
  openIn(m_folder / "copy" / "project.db");
  EXPECT_EQ(texts(), QStringList({"add 1", "add 2"}));
  EXPECT_EQ(stack().index(), 1);
  stack().redo();
  EXPECT_EQ(m_total, 3);
}

TEST_F(UndoHistoryTest, AMergedStepComesBackAsItBecame) {
  add(1);
  add(2, 7);
  m_history->save();
  add(3, 7);
  restart();
  EXPECT_EQ(texts(), QStringList({"add 1", "add 5"}));
  stack().undo();
  EXPECT_EQ(m_total, 1);
}

TEST_F(UndoHistoryTest, WhatANewStepReplacedIsForgotten) {
  for (const int amount : {1, 2, 4}) add(amount);
  m_history->save();
  stack().undo();
  stack().undo();
  add(16);
  restart();
  EXPECT_EQ(texts(), QStringList({"add 1", "add 16"}));
  EXPECT_EQ(stack().index(), 2);
  EXPECT_EQ(m_catalogue->keptSteps().size(), 2U);
}

TEST_F(UndoHistoryTest, SeveralAsOneStayOne) {
  stack().beginMacro("both");
  add(1);
  add(2);
  stack().endMacro();
  for (int i = 0; i < 2; ++i) {  // the second time it is what came back that is kept
    restart();
    ASSERT_EQ(texts(), QStringList({"both"}));
    stack().undo();
    EXPECT_EQ(m_total, 0);
    restart();
    stack().redo();
    EXPECT_EQ(m_total, 3);
  }
}

TEST_F(UndoHistoryTest, BeginsAfterAStepOfAnotherVersion) {
  for (const int amount : {1, 2, 4, 8}) add(amount);
  changeFile("UPDATE undo_steps SET kind = 'of-tomorrow' WHERE number = 2");
  EXPECT_EQ(texts(), QStringList({"add 4", "add 8"}));
  EXPECT_EQ(stack().index(), 2);
  stack().undo();
  EXPECT_EQ(m_total, 7);
  add(16);
  restart();
  EXPECT_EQ(texts(), QStringList({"add 4", "add 16"}));
}

TEST_F(UndoHistoryTest, BeginsAfterADamagedRecord) {
  for (const char* damage : {"{", "7", "{\"amount\":\"many\"}", ""}) {
    while (stack().canUndo()) stack().undo();
    for (const int amount : {1, 2, 4}) add(amount);
    m_history->save();
    const auto first = std::to_string(m_catalogue->keptSteps().front().number);
    changeFile("UPDATE undo_steps SET data = '" + std::string(damage) + "' WHERE number = " + first);
    EXPECT_EQ(texts(), QStringList({"add 2", "add 4"})) << damage;
  }
}

TEST_F(UndoHistoryTest, RedoEndsBeforeAStepThatCannotBeRead) {
  for (const int amount : {1, 2, 4, 8}) add(amount);
  for (int i = 0; i < 3; ++i) stack().undo();
  changeFile("UPDATE undo_steps SET data = '' WHERE number = 3");
  EXPECT_EQ(texts(), QStringList({"add 1", "add 2"}));
  EXPECT_EQ(stack().index(), 1);
}

TEST_F(UndoHistoryTest, AStepThatCannotBeKeptEndsWhatIsKept) {
  add(1);
  stack().push(new QUndoCommand("of a plug-in"));
  add(2);
  restart();
  EXPECT_EQ(texts(), QStringList({"add 2"}));
  restart();
  stack().undo();
  EXPECT_EQ(m_total, 1);
}

TEST_F(UndoHistoryTest, KeepsNoMoreThanItsSteps) {
  for (int i = 0; i < UndoHistory::kMostSteps + 20; ++i) add(1);
  restart();
  EXPECT_EQ(stack().count(), UndoHistory::kMostSteps);
  EXPECT_EQ(m_catalogue->keptSteps().size(), static_cast<std::size_t>(UndoHistory::kMostSteps));
  while (stack().canUndo()) stack().undo();
  EXPECT_EQ(m_total, 20);
}

TEST_F(UndoHistoryTest, TheOldestOfLargeStepsGoFirstAndLeaveNoHole) {
  constexpr std::size_t kLarge = UndoHistory::kMostBytes / 4;
  for (const int amount : {1, 2, 4, 8, 16}) add(amount, 0, kLarge);
  m_history->save();
  EXPECT_EQ(m_catalogue->keptSteps().size(), 3U);
  EXPECT_EQ(stack().count(), 5) << "until the program ends, all are there";
  while (stack().canUndo()) stack().undo();
  m_history->save();
  EXPECT_TRUE(m_catalogue->keptSteps().empty()) << "redo would begin in the middle";
  while (stack().canRedo()) stack().redo();
  restart();
  EXPECT_EQ(texts(), QStringList({"add 4", "add 8", "add 16"}));
  while (stack().canUndo()) stack().undo();
  EXPECT_EQ(m_total, 3);
}

TEST_F(UndoHistoryTest, WritesOnlyWhatIsNew) {
  add(1);
  add(2);
  m_history->save();
  SQLite::Database((m_folder / "project.db").string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE undo_steps SET text = 'as it was'");
  add(4);
  stack().undo();
  restart();
  EXPECT_EQ(texts(), QStringList({"as it was", "as it was", "add 4"}));
}

TEST_F(UndoHistoryTest, WaitsWhileItMayNotWrite) {
  bool may = false;
  m_history->setMayWrite([&may] { return may; });
  add(1);
  QTest::qWait(600);
  EXPECT_TRUE(m_catalogue->keptSteps().empty());
  may = true;
  EXPECT_TRUE(QTest::qWaitFor([this] { return m_catalogue->keptSteps().size() == 1; }));
}

}  // namespace
}  // namespace loom
