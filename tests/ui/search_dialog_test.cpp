// Settings are searched by the buttons of the Train page and of the search window.
#include "ui/pages/search_dialog.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "tests/ui/answer_dialog.h"
#include "tests/ui/tiny_project.h"
#include "tests/ui/tiny_search.h"
#include "ui/models/trial_model.h"
#include "ui/pages/train_page.h"
#include "ui/widgets/best_curve.h"
#include "ui/widgets/parallel_plot.h"
#include "ui/widgets/preset_cards.h"
#include "ui/widgets/run_panel.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/space_editor.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms, for a loaded machine
constexpr int kTrials = 3;

class SearchDialogTest : public testing::Test {
 protected:
  void SetUp() override {
    makeTinyProject(folder / "tiny.loom", 12);
    session.openProject(folder / "tiny.loom");
    page.resize(1200, 900);
    page.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
    ASSERT_TRUE(wait([this] { return on<QPushButton>(page, "train.start").isEnabled(); }));
  }
  template <class Widget>
  static Widget& on(QWidget& owner, const char* name) {
    auto* widget = owner.findChild<Widget*>(name);
    if (widget == nullptr) throw std::runtime_error(std::string("there is no ") + name);
    return *widget;
  }
  static void click(QWidget& owner, const char* name) {
    auto& button = on<QAbstractButton>(owner, name);
    ASSERT_TRUE(button.isVisible() && button.isEnabled()) << name;
    QTest::mouseClick(&button, Qt::LeftButton, {}, QPoint(8, button.height() / 2));
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  SearchDialog& dialog() { return on<SearchDialog>(page, "searchDialog"); }
  QString state() { return on<QLabel>(dialog(), "search.state").text(); }
  /// The training form small enough for a test, the search of two settings.
  void openTiny(int steps) {
    on<PresetCards>(page, "presetCards").setCurrent("autoencoder");
    on<SettingsForm>(page, "settingsForm")
        .setValues({{"size", 16}, {"features", 4}, {"batch", 4}, {"latent", 6}, {"evaluate_every", 1}});
    on<QComboBox>(page, "train.device").setCurrentIndex(1);
    click(page, "train.search");
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&dialog()));
    ASSERT_TRUE(wait([this] { return on<QPushButton>(dialog(), "search.start").isEnabled(); }));
    on<SpaceEditor>(dialog(), "spaceEditor").setSpace(tinySearch(1, 1).space);
    on<QSpinBox>(dialog(), "search.trials").setValue(kTrials);
    on<QSpinBox>(dialog(), "search.steps").setValue(steps);
  }
  void search(int steps = 3) {
    ASSERT_NO_FATAL_FAILURE(openTiny(steps));
    ASSERT_NO_FATAL_FAILURE(click(dialog(), "search.start"));
    ASSERT_TRUE(wait([this] { return !session.tuning().active(); }));
    ASSERT_TRUE(state().contains("Finished")) << state().toStdString();
  }
  QTableView& table() { return on<QTableView>(dialog(), "search.trials"); }
  ParallelPlot& plot() { return on<ParallelPlot>(dialog(), "parallelPlot"); }
  int shownTrial(int row) { return table().model()->index(row, 0).data().toInt(); }

  TempFolder folder;
  Session session;
  TrainPage page{session};
};

TEST_F(SearchDialogTest, BeginsWithThePresetAndTheReadyMadeSearchOfThePage) {
  on<PresetCards>(page, "presetCards").setCurrent("cvae");
  click(page, "train.search");
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&dialog()));
  EXPECT_EQ(on<QComboBox>(dialog(), "search.preset").currentData().toString(), "cvae");
  EXPECT_EQ(on<SpaceEditor>(dialog(), "spaceEditor").space().toJson(), readyMadeSpace(preset("cvae")).toJson());
  EXPECT_TRUE(on<QLabel>(dialog(), "search.empty").isVisible());
  on<QComboBox>(dialog(), "search.preset").setCurrentIndex(on<QComboBox>(dialog(), "search.preset").findData("dcgan"));
  EXPECT_EQ(on<SpaceEditor>(dialog(), "spaceEditor").space().toJson(), readyMadeSpace(preset("dcgan")).toJson());
}

TEST_F(SearchDialogTest, TrainsTheTrialsAndShowsThemInTablePlotAndCurve) {
  ASSERT_NO_FATAL_FAILURE(search());
  const Search found = findSearch(session.project(), 1);
  EXPECT_EQ(found.plan.settings.at("size"), 16) << "the trials share the training form's settings";
  EXPECT_EQ(table().model()->rowCount(), kTrials);
  EXPECT_EQ(shownTrial(0), found.best()->number) << "the best is first";
  EXPECT_EQ(on<BestCurve>(dialog(), "bestCurve").dotCount(), kTrials);
  EXPECT_GE(on<BestCurve>(dialog(), "bestCurve").stairCount(), 1);
  EXPECT_FALSE(on<QSpinBox>(dialog(), "search.trials").isEnabled()) << "a plan does not change any more";
  EXPECT_FALSE(on<QPushButton>(dialog(), "search.start").isVisible());
  EXPECT_EQ(on<RunPanel>(page, "runPanel").model().rowCount(), kTrials);
}

TEST_F(SearchDialogTest, ItsBestSettingsFillTheTrainingForm) {
  ASSERT_NO_FATAL_FAILURE(search());
  on<PresetCards>(page, "presetCards").setCurrent("dcgan");
  click(dialog(), "search.use");
  EXPECT_EQ(on<PresetCards>(page, "presetCards").current(), "autoencoder");
  const Json values = on<SettingsForm>(page, "settingsForm").values();
  const Search found = findSearch(session.project(), 1);
  EXPECT_NEAR(values.at("lr").get<double>(), found.best()->settings.at("lr").get<double>(), 1e-9);
  EXPECT_EQ(values.at("size"), 16);
}

TEST_F(SearchDialogTest, ASelectedTrialIsUsedInstead) {
  ASSERT_NO_FATAL_FAILURE(search());
  const QRect row = table().visualRect(table().model()->index(kTrials - 1, 0));
  QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, row.center());
  const int worst = shownTrial(kTrials - 1);
  EXPECT_EQ(plot().selected(), worst);
  click(dialog(), "search.use");
  const Search found = findSearch(session.project(), 1);
  const double lr = found.trials[static_cast<std::size_t>(worst - 1)].settings.at("lr").get<double>();
  EXPECT_NEAR(on<SettingsForm>(page, "settingsForm").values().at("lr").get<double>(), lr, 1e-9);
}

TEST_F(SearchDialogTest, ItsRunIsOpenedOnThePage) {
  ASSERT_NO_FATAL_FAILURE(search());
  const Search found = findSearch(session.project(), 1);
  click(dialog(), "search.open");
  EXPECT_EQ(on<RunPanel>(page, "runPanel").selected(), found.best()->run);
}

TEST_F(SearchDialogTest, PointingAtALineLightsItsRowAndMarksHideRows) {
  ASSERT_NO_FATAL_FAILURE(search());
  const int objective = 2;
  plot().mark(objective, 0, 1e-6);  // the best alone
  EXPECT_EQ(table().model()->rowCount(), 1);
  EXPECT_TRUE(on<QLabel>(dialog(), "search.marks").text().contains("1 of 3"));
  plot().clearMarks();
  EXPECT_EQ(table().model()->rowCount(), kTrials);
  Q_EMIT plot().pointed(2);
  int lit = 0;
  for (int row = 0; row < kTrials; ++row) {
    if (table().model()->index(row, 0).data(Qt::BackgroundRole).isValid()) lit = shownTrial(row);
  }
  EXPECT_EQ(lit, 2);
}

TEST_F(SearchDialogTest, AStoppedSearchIsListedAndContinued) {
  ASSERT_NO_FATAL_FAILURE(openTiny(1'000'000));
  click(dialog(), "search.start");
  ASSERT_TRUE(wait([this] { return session.tuning().progress().training.step > 2; }));
  EXPECT_TRUE(state().contains("Trial 1 of 3")) << state().toStdString();
  EXPECT_FALSE(on<QPushButton>(page, "train.start").isEnabled());
  click(dialog(), "search.stop");
  ASSERT_TRUE(wait([this] { return !session.tuning().active(); }));
  EXPECT_TRUE(on<QPushButton>(page, "train.start").isEnabled());
  EXPECT_TRUE(state().contains("Interrupted")) << state().toStdString();
  auto& which = on<QComboBox>(dialog(), "search.which");
  ASSERT_EQ(which.count(), 2);
  which.setCurrentIndex(0);
  Q_EMIT which.activated(0);
  EXPECT_TRUE(on<QSpinBox>(dialog(), "search.trials").isEnabled());
  which.setCurrentIndex(1);
  Q_EMIT which.activated(1);
  EXPECT_EQ(on<QPushButton>(dialog(), "search.start").text(), "Continue");
  click(dialog(), "search.start");
  ASSERT_TRUE(wait([this] { return session.tuning().progress().run > 0; }));
  EXPECT_EQ(session.tuning().search(), 1);
  click(dialog(), "search.stop");
  ASSERT_TRUE(wait([this] { return !session.tuning().active(); }));
}

TEST_F(SearchDialogTest, ItCannotStartWhileARunTrainsAndSaysSo) {
  ASSERT_NO_FATAL_FAILURE(openTiny(3));
  session.training().start(session.project(), tinyRequest(1'000'000));
  ASSERT_TRUE(wait([this] { return session.training().run() > 0; }));
  EXPECT_FALSE(on<QPushButton>(dialog(), "search.start").isEnabled());
  EXPECT_TRUE(state().contains("A run is training")) << state().toStdString();
  session.training().stop();
  ASSERT_TRUE(wait([this] { return !session.training().active(); }));
  EXPECT_TRUE(wait([this] { return on<QPushButton>(dialog(), "search.start").isEnabled(); }));
}

TEST_F(SearchDialogTest, ARangeThatIsNoneCannotBeStarted) {
  ASSERT_NO_FATAL_FAILURE(openTiny(3));
  on<QComboBox>(dialog(), "space.lr.kind").setCurrentIndex(0);
  on<QDoubleSpinBox>(dialog(), "space.lr.low").setValue(1e-2);
  on<QDoubleSpinBox>(dialog(), "space.lr.high").setValue(1e-4);
  EXPECT_FALSE(on<QPushButton>(dialog(), "search.start").isEnabled());
  EXPECT_TRUE(state().contains("lr")) << state().toStdString();
  on<QDoubleSpinBox>(dialog(), "space.lr.high").setValue(.1);
  EXPECT_TRUE(on<QPushButton>(dialog(), "search.start").isEnabled());
}

TEST_F(SearchDialogTest, LosingTrialsGoToTheBinWhenTheUserSaysSo) {
  ASSERT_NO_FATAL_FAILURE(search());
  const Search found = findSearch(session.project(), 1);
  whenAsked<QMessageBox>(page, "search.confirmRemove", [](QMessageBox* box) { box->reject(); });
  click(dialog(), "search.removeLosers");
  QTest::qWait(100);
  ASSERT_TRUE(wait([this] { return !session.jobs().busy() && QApplication::activeModalWidget() == nullptr; }));
  EXPECT_EQ(session.catalogue().runs().size(), static_cast<std::size_t>(kTrials));
  whenAsked<QMessageBox>(page, "search.confirmRemove", [](QMessageBox* box) {
    for (QAbstractButton* button : box->buttons()) {
      if (box->buttonRole(button) == QMessageBox::AcceptRole) button->click();
    }
  });
  click(dialog(), "search.removeLosers");
  ASSERT_TRUE(wait([this] { return session.catalogue().runs().size() == 1; }));
  EXPECT_EQ(session.catalogue().runs().front().number, found.best()->run);
  EXPECT_EQ(session.catalogue().binnedRuns().size(), static_cast<std::size_t>(kTrials - 1));
  EXPECT_EQ(table().model()->rowCount(), kTrials) << "the results stay";
}

TEST_F(SearchDialogTest, AForgottenSearchLeavesItsRuns) {
  ASSERT_NO_FATAL_FAILURE(search());
  click(dialog(), "search.remove");
  ASSERT_TRUE(wait([this] { return on<QComboBox>(dialog(), "search.which").count() == 1; }));
  EXPECT_TRUE(searches(session.project()).empty());
  EXPECT_EQ(session.catalogue().runs().size(), static_cast<std::size_t>(kTrials));
}

}  // namespace
}  // namespace loom
