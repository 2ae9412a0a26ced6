// Cleaning by hand and eye: a list of steps with their settings, before and after of the sprite in hand, and what was
// done to it already.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/cleaning_preview.h"

namespace loom {

/// Usable alone: it asks for previews and palettes by signal and is told the answers.
class CleaningPanel : public QWidget {
  Q_OBJECT
 public:
  explicit CleaningPanel(QWidget* parent = nullptr);
  ~CleaningPanel() override;

  /// The sprite that is previewed (0: none) and what was done to it.
  void setSprite(SpriteId id, const Json& doneSteps);
  SpriteId sprite() const;
  void setCounts(int selected, int shown);
  void showAnswer(const CleaningAnswer& answer);
  /// Until the next answer.
  void showProblem(const QString& text);

  const std::vector<CleaningStep>& steps() const;
  /// Steps that are not valid are left out.
  void setSteps(const std::vector<CleaningStep>& steps);
  void setPalette(int step, const Json& colours);

 Q_SIGNALS:
  void previewWanted();  ///< the steps or the sprite changed
  void applyRequested(bool onlySelected);
  void doneStepsEdited(const loom::Json& steps);  ///< of the sprite in hand: one was taken out
  void revertRequested();                         ///< of all that are selected
  void paletteRequested(int step, const QString& file);

 private:
  void build();
  QWidget* buildPreview();
  QWidget* buildDone();
  QLayout* buildButtons();
  void listDone(int current);
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
