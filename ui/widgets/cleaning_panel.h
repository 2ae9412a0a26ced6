// Cleaning by hand and eye: a list of steps with their settings, before and after of the sprite in hand, and what was
// done to it already.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/cleaning_preview.h"

namespace loom {

/// Usable alone: it asks for previews by signal and is told the answers.
class CleaningPanel : public QWidget {
  Q_OBJECT
 public:
  explicit CleaningPanel(QWidget* parent = nullptr);
  ~CleaningPanel() override;

  /// The sprite that is previewed (0: none), how many are selected and shown, and what was done to it.
  void setSprite(SpriteId id, const Json& doneSteps);
  void setCounts(int selected, int shown);
  void showAnswer(const CleaningAnswer& answer);

  const std::vector<CleaningStep>& steps() const;
  void setSteps(std::vector<CleaningStep> steps);

 Q_SIGNALS:
  void previewWanted();  ///< the steps changed
  void applyRequested(bool onlySelected);
  void doneStepsEdited(const loom::Json& steps);  ///< of the sprite in hand: one was taken out, or all
  void failed(const QString& what, const QString& hint);

 private:
  void build();
  QWidget* buildPreview();
  QWidget* buildSteps();
  QWidget* buildDone();
  void addStep(const std::string& kind);
  void showStep();
  void takeForm();
  void moveStep(int by);
  void choosePalette();
  void changed();
  void listSteps(int current);
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
