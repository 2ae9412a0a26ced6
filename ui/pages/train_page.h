#pragma once

#include <QWidget>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class TrainPage : public QWidget {
  Q_OBJECT
 public:
  explicit TrainPage(Session& session, QWidget* parent = nullptr);
  ~TrainPage() override;

  /// Opens the search for settings, beginning with what the form says.
  void showSearch();
  /// Chooses a preset with its defaults, as a click on its card does.
  void choosePreset(const std::string& preset);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
