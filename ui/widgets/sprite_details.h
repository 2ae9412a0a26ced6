// Everything there is to know about the selected sprite; for several, what they have in common.
#pragma once

#include <QScrollArea>
#include <memory>
#include <vector>

#include "ui/models/sprite_model.h"
#include "ui/widgets/thumbnail_loader.h"

namespace loom {

class SpriteDetails : public QScrollArea {
  Q_OBJECT
 public:
  /// Both must outlive the panel.
  SpriteDetails(SpriteModel& model, ThumbnailLoader& loader, QWidget* parent = nullptr);
  ~SpriteDetails() override;

  /// Shows these sprites (positions in the model's table); call it again after the model has reset.
  void setSprites(const std::vector<int>& indices);

 Q_SIGNALS:
  void spriteRequested(loom::SpriteId id);  ///< another view of the character was clicked
  void colourCopied(const QString& name);

 private:
  void build();
  QWidget* buildOne();
  QWidget* buildSeveral();
  void showOne(int index);
  void showViews(int index);
  void showSeveral(const std::vector<int>& indices);
  void showInspection(const SpriteInspection& inspection);
  void showArrived();

  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
