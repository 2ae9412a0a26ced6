// Which characters are trained on and which are held out.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"
#include "ui/models/sprite_table.h"

namespace loom {

class SplitDialog : public QDialog {
  Q_OBJECT
 public:
  SplitDialog(Session& session, std::shared_ptr<const SpriteTable> table, QWidget* parent = nullptr);
  ~SplitDialog() override;

 protected:
  void accept() override;

 private:
  void showCounts();
  void tell(const SplitCounts& counts);
  void alignDuplicates();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
