// A film from the window: what is in it comes from the dialog made of this, how it is written is the same for all.
#pragma once

#include <QDialog>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/films.h"
#include "ui/bridge/session.h"
#include "ui/models/character_editor.h"

class QFormLayout;

namespace loom {

class FilmForm;

class FilmDialog : public QDialog {
  Q_OBJECT
 public:
  ~FilmDialog() override;
  void reject() override;  ///< stops the writing

 protected:
  using Work = std::function<Film(const std::filesystem::path& out, JobMonitor& monitor)>;

  /// `file` is proposed as its name, without an ending; `model` is whose sprites' artists are named beside the film; of
  /// none the work itself names them.
  FilmDialog(Session& session, const ModelChoice& model, const QString& title, const QString& file, QWidget* parent);

  /// Rows above those that all films have.
  QFormLayout& subject();
  FilmForm& form();
  /// To be called when something in the subject has changed.
  void follow();
  /// What the film will be; nothing while that is not known yet. Throws Error where it cannot be.
  virtual std::optional<Film> plan(const FilmOptions& film, AnimationFormat format) const = 0;
  /// Writes it, on another thread: holds all it needs.
  virtual Work work(const FilmOptions& film) const = 0;
  virtual void remember() const = 0;
  /// What writing would replace where it is there.
  virtual std::vector<std::filesystem::path> files(const std::filesystem::path& out) const { return {out}; }
  /// What is said in the end.
  virtual QString written(const Film& film, const std::filesystem::path& out) const;

  void accept() override;  ///< closes when the film is written; else says why not
  Session& session();
  void say(const ErrorText& error);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
