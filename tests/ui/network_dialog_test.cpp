#include "ui/widgets/network_dialog.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

#include "ui/widgets/training_setup.h"

namespace loom {
namespace {

const Json kSmall = {{"size", 16}, {"features", 4}, {"latent", 6}};

bool filled(const QDialog& dialog) {
  const auto* table = dialog.findChild<QTableWidget*>("networkTable");
  return QTest::qWaitFor([table] { return table != nullptr && table->rowCount() > 0; }, 20'000);
}

TEST(NetworkDialog, ListsEveryLayerOfEveryNetworkAndTheirSums) {
  NetworkDialog dialog("dcgan", kSmall, 1);
  dialog.show();
  ASSERT_TRUE(filled(dialog));
  const auto& table = *dialog.findChild<QTableWidget*>("networkTable");
  const ModelSummary summary = summarisePreset("dcgan", kSmall, 1);
  std::size_t rows = 0;
  for (const PartSummary& part : summary.parts) rows += 1 + part.network.layers.size();
  EXPECT_EQ(table.rowCount(), static_cast<int>(rows));
  EXPECT_EQ(table.item(0, 0)->text(), "Generator");
  EXPECT_TRUE(table.item(1, 2)->text().contains(" x ")) << table.item(1, 2)->text().toStdString();
  const QString total = QLocale().toString(static_cast<qlonglong>(summary.parameters()));
  EXPECT_TRUE(dialog.findChild<QLabel*>("networkTotal")->text().contains(total));
}

TEST(NetworkDialog, SaysWhyThereIsNoSuchNetwork) {
  NetworkDialog dialog("dcgan", {{"size", 17}}, 1);
  dialog.show();
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return dialog.findChild<QLabel*>("networkTotal")->text().contains("size", Qt::CaseInsensitive); }, 20'000));
  EXPECT_EQ(dialog.findChild<QTableWidget*>("networkTable")->rowCount(), 0);
}

TEST(NetworkDialog, OpensFromTheTrainingSetup) {
  TrainingSetup setup;
  setup.show();
  auto* button = setup.findChild<QPushButton*>("train.network");
  ASSERT_NE(button, nullptr);
  ASSERT_TRUE(button->isVisible() && button->isEnabled());
  QTest::mouseClick(button, Qt::LeftButton);
  auto* dialog = setup.findChild<NetworkDialog*>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->isVisible());
  EXPECT_TRUE(filled(*dialog));
  dialog->close();
}

}  // namespace
}  // namespace loom
