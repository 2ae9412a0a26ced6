// Sprites of the data set to choose from, with a filter.
#pragma once

#include <QDialog>
#include <memory>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

class SpritePicker : public QDialog {
  Q_OBJECT
 public:
  explicit SpritePicker(Session& session, QWidget* parent = nullptr);
  ~SpritePicker() override;

 Q_SIGNALS:
  void picked(const std::vector<loom::SpriteId>& ids);  ///< one at least, by character and view

 protected:
  void accept() override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
