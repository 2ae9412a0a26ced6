// A list of cleaning steps to put together: adding, ordering, and the settings of the one in hand.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// Usable alone. Palette files are read by whoever is asked: a large picture takes a while.
class StepList : public QWidget {
  Q_OBJECT
 public:
  explicit StepList(QWidget* parent = nullptr);
  ~StepList() override;

  const std::vector<CleaningStep>& steps() const;
  /// What has to be given before the steps can be done; empty: nothing.
  QString missing() const;
  /// Steps that are not valid are left out.
  void setSteps(const std::vector<CleaningStep>& steps);
  /// The colours that paletteRequested() asked for: "#rrggbb" or "#rrggbbaa".
  void setPalette(int step, const Json& colours);

 Q_SIGNALS:
  void changed();
  void paletteRequested(int step, const QString& file);

 private:
  void build();
  QWidget* buildAdder();
  QWidget* buildPalette();
  void add(const std::string& kind);
  void remove();
  void move(int by);
  void list(int current);
  void showStep();
  void showPalette(const CleaningStep& step);
  void takeForm();
  void choosePalette();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// "Fit to a size (fit=32)": a step in words and as the command line has it.
QString stepText(const CleaningStep& step);

}  // namespace loom
