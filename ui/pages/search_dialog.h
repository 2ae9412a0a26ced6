// The window in which settings are searched: what to try, what came of it, and what to do with the best.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

/// Not modal: a search goes on while other pages are used, also when this is closed.
class SearchDialog : public QDialog {
  Q_OBJECT
 public:
  explicit SearchDialog(Session& session, QWidget* parent = nullptr);
  ~SearchDialog() override;

  /// Preset and settings of the training form, for a new search.
  void setBase(const TrainingRequest& base);

 Q_SIGNALS:
  void settingsWanted(const loom::RunInfo& like);  ///< preset and settings for the training form
  void runWanted(int run);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
