// What a search for settings is started with: preset, method, number and length of trials, and what they vary.
#pragma once

#include <QWidget>
#include <memory>

#include "core/studio/studio.h"

namespace loom {

class SearchForm : public QWidget {
  Q_OBJECT
 public:
  explicit SearchForm(QWidget* parent = nullptr);
  ~SearchForm() override;

  /// What there is to train on: the length of a trial follows from it until the user gives one.
  void setData(const CatalogueCounts& counts);
  /// The preset to begin with, and what the trials may share with the training form: settings, device, precision.
  void setBase(const TrainingRequest& base);
  /// Shows a search that was begun; it cannot be changed.
  void showPlan(const SearchPlan& plan);
  void showNew();  ///< back to what the user was putting together

  /// Throws Error when a range is none.
  TuningRequest request() const;
  QString trouble() const;  ///< why it cannot be started as it is; empty when it can

 Q_SIGNALS:
  void changed();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
