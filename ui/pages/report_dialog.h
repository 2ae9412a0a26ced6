// How good a run is: its figures beside floor and baseline, and pictures; kept with the run.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class ReportDialog : public QDialog {
  Q_OBJECT
 public:
  /// Shows the report that is kept, if there is one; a new one is made when it is asked for.
  ReportDialog(Session& session, const RunInfo& run, QWidget* parent = nullptr);
  ~ReportDialog() override;
  void reject() override;  ///< stops the measuring

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
