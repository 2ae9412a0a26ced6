// How a film is written: format, speed, scale, ground, and where to. Remembered from film to film.
#pragma once

#include <QWidget>
#include <filesystem>
#include <memory>

#include "core/studio/films.h"

namespace loom {

class FilmForm : public QWidget {
  Q_OBJECT
 public:
  /// `name` is proposed for the file, without an ending.
  explicit FilmForm(const QString& name, QWidget* parent = nullptr);
  ~FilmForm() override;

  /// For films whose frames have times of their own: no row for frames a second.
  void hideRate();
  AnimationFormat format() const;
  FilmOptions options() const;
  std::filesystem::path out() const;  ///< empty: not chosen yet
  bool mayReplace() const;
  void remember() const;

 Q_SIGNALS:
  void changed();

 private:
  void build();
  void restore(const QString& name);
  void adoptFormat();
  void adoptOut();
  void browse();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
