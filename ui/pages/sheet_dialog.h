// Cutting a sheet before it is imported: the cells found or given as a grid, changed by hand, their rows named.
#pragma once

#include <QDialog>
#include <filesystem>
#include <memory>
#include <optional>

#include "ui/bridge/session.h"
#include "ui/widgets/sheet_plan.h"

namespace loom {

class SheetDialog : public QDialog {
  Q_OBJECT
 public:
  /// Reads `file` as a job of the session, unless it was read already; accepted, it starts the import.
  SheetDialog(Session& session, const std::filesystem::path& file, QWidget* parent = nullptr,
              std::optional<SheetReading> reading = {});
  ~SheetDialog() override;

  /// What will be imported, and how.
  ImportOptions options() const;

 protected:
  void accept() override;

 private:
  void build();
  QWidget* buildSide();
  QLayout* buildTools();
  void connectParts();
  void read();
  void showReading(SheetReading reading);
  void useFound();
  void useGrid(const SheetGrid& grid);
  void chooseFrames(int choice);
  void push(SheetPlan plan, const QString& what, int merge = -1);
  void showPlan();
  void importWhole();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
