// Says what an import brought, what it left out and why, and what to do next.
#pragma once

#include <QFrame>
#include <memory>

#include "core/studio/studio.h"

namespace loom {

/// The whole report as text, skipped files included, for the clipboard.
QString importReportText(const ImportReport& report);
/// Its first sentence: "3,104 sprites arrived: 776 characters, 4 views (back, left, front, right), 64x64."
QString importHeadline(const ImportReport& report);

class ImportReportView : public QFrame {
  Q_OBJECT
 public:
  explicit ImportReportView(QWidget* parent = nullptr);
  ~ImportReportView() override;

  void setReport(const ImportReport& report);
  const ImportReport& report() const;
  void setUndone();  ///< the import was taken back: nothing left to do but close

 Q_SIGNALS:
  void trainRequested();
  void duplicatesRequested();         ///< show them in the grid
  void excludeDuplicatesRequested();  ///< all but one of each
  void undoRequested();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
