// Cutting a sheet before it is imported: the cells found or given as a grid, changed by hand, their rows named.
#pragma once

#include <QDialog>
#include <filesystem>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class SheetDialog : public QDialog {
  Q_OBJECT
 public:
  /// Reads `file` as a job of the session; accepted, it starts the import.
  SheetDialog(Session& session, const std::filesystem::path& file, QWidget* parent = nullptr);
  ~SheetDialog() override;

  /// What will be imported, and how.
  ImportOptions options() const;

 protected:
  void accept() override;

 private:
  void build();
  QWidget* buildSide();
  QWidget* buildGrid();
  QWidget* buildRows();
  void read();
  void useFound();
  void useGrid();
  void edited();
  void pushCells(std::vector<SheetCell> cells, const QString& text);
  void showCells();
  void showRows();
  void setNative(bool native);
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
