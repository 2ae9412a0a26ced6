// About the weights that the program comes with: what they were made of, by whom, and what they are good for.
#pragma once

#include <QDialog>

#include "core/studio/studio.h"

namespace loom {

class StarterCardDialog : public QDialog {
  Q_OBJECT
 public:
  explicit StarterCardDialog(const StarterWeights& starter, QWidget* parent = nullptr);
};

/// Opens one, which is deleted when it is closed.
void showStarterCard(const StarterWeights& starter, QWidget* parent);

}  // namespace loom
