#include <QLocale>
#include <QSettings>
#include <QShortcut>
#include <algorithm>

#include "core/base/error.h"
#include "ui/pages/export_page_impl.h"
#include "ui/pages/loops_dialog.h"

namespace loom {
namespace {

QString counted(int count, const QString& one, const QString& many) {
  return (count == 1 ? one : many).arg(QLocale().toString(count));
}

}  // namespace

ExportPage::ExportPage(Session& session, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(this, session)) {
  setObjectName("exportPage");
  m_impl->build();
  m_impl->connectWidgets();
  m_impl->connectKeys();
  m_impl->connectMaker();
  m_impl->connectSession();
  m_impl->takeOptions();
  m_impl->adoptProject();
}

ExportPage::~ExportPage() = default;

void ExportPage::setSelection(std::vector<SpriteId> selection) {
  m_impl->source->setSelection(std::move(selection));
  m_impl->refresh();
}

void ExportPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  m_impl->reload();
}

void ExportPage::Impl::connectWidgets() {
  connect(source, &ExportSourcePanel::changed, page, [this] { refresh(); });
  connect(form, &SheetOptionsForm::changed, page, [this] {
    takeOptions();
    refresh();
  });
  connect(form, &SheetOptionsForm::dataChanged, page, [this] { takeOptions(); });
  connect(view, &SheetView::actionRequested, page, [this] { session.requestPage(helpfulPage); });
  connect(view, &SheetView::dragWanted, handOff, &SheetHandOff::drag);
  connect(handOff, &SheetHandOff::told, page,
          [this](const QString& what, const QString& hint) { session.say(what, hint); });
  connect(animate, &QPushButton::clicked, page, [this] { openLoops(); });
}

void ExportPage::Impl::connectKeys() {
  const auto key = [this](QKeyCombination keys, auto* receiver, auto slot) {
    connect(new QShortcut(QKeySequence(keys), page), &QShortcut::activated, receiver, slot);
  };
  key(Qt::CTRL | Qt::Key_E, bar, &SheetExportBar::exportAgain);
  key(Qt::CTRL | Qt::Key_C, handOff, &SheetHandOff::copy);
  key(Qt::CTRL | Qt::SHIFT | Qt::Key_E, handOff, &SheetHandOff::openInEditor);
  key(Qt::CTRL | Qt::Key_L, page, [this] { openLoops(); });
}

void ExportPage::Impl::connectMaker() {
  connect(&maker, &SheetMaker::progressed, page, [this](quint64 id, const Progress& now) {
    if (id != wanted || now.total == 0) return;
    view->setInfo(tr("%1: %2 of %3").arg(QString::fromStdString(now.stage)).arg(now.done).arg(now.total));
  });
  connect(&maker, &SheetMaker::gathered, page, [this](quint64 id, const std::shared_ptr<const SheetCast>& now) {
    if (id == wanted) setCast(now);
  });
  connect(&maker, &SheetMaker::made, page,
          [this](quint64 id, const Sheets& sheets, const QList<QImage>& pictures, int characters) {
            if (id == wanted) showSheets(sheets, pictures, characters);
          });
  connect(&maker, &SheetMaker::measured, page, [this](quint64 id, int colours, qint64 bytes) {
    if (id != wanted) return;
    view->setInfo(figures + "  ·  " + counted(colours, tr("%1 colour"), tr("%1 colours")) + "  ·  " +
                  QLocale().formattedDataSize(bytes));
  });
  connect(&maker, &SheetMaker::failed, page, [this](quint64 id, const ErrorText& error) {
    if (id != wanted) return;
    const QString hint = error.hint.isEmpty() ? "" : ".\n\n" + error.hint.left(1).toUpper() + error.hint.mid(1) + ".";
    const auto known = cast;  // they may turn, though they fit no sheet
    showLack(error.what.left(1).toUpper() + error.what.mid(1) + hint, {}, Page::kExport);
    setCast(known);
  });
}

void ExportPage::Impl::connectSession() {
  connect(&session, &Session::projectChanged, page, [this] { adoptProject(); });
  for (const auto signal : {&Session::favouritesChanged, &Session::runsChanged, &Session::spritesChanged}) {
    connect(&session, signal, page, [this] {
      ++revision;
      reload();
    });
  }
}

void ExportPage::Impl::adoptProject() {
  ++revision;
  bar->adoptProject();
  source->reset();
  reload();
}

/// What may have changed in the catalogue; while the page is hidden that waits until it is shown.
void ExportPage::Impl::reload() {
  if (session.hasProject() && page->isVisible()) {
    try {
      Catalogue& catalogue = session.catalogue();
      source->setFavourites(catalogue.favourites());
      source->setRuns(catalogue.runs(), starterWeights());
      source->setSpriteCount(catalogue.usable());
      source->chooseForUser();
    } catch (const Error& error) {
      session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
    }
  }
  refresh();
}

void ExportPage::Impl::takeOptions() {
  QSettings settings;
  form->save(settings);
  bar->setFormats(form->data(), form->fullColour());
}

void ExportPage::Impl::refresh() {
  source->setEnabled(session.hasProject());
  if (!session.hasProject()) {
    showLack(tr("Open a project to export from."), tr("Go to Start"), Page::kStart);
    return;
  }
  if (!page->isVisible()) return;
  if (const auto lack = source->lack()) {
    showLack(lack->text, lack->action, lack->page);
    return;
  }
  SheetRequest request{session.project(), source->source(), form->options(), form->fullColour(),
                       form->choosesColumns()};
  request.source.revision = revision;
  wanted = maker.request(std::move(request));
  bar->awaitSheet();
  setSheets({});
  setCast({});
}

void ExportPage::Impl::showLack(const QString& text, const QString& action, Page to) {
  maker.cancel();
  wanted = 0;
  helpfulPage = to;
  bar->noSheet();
  setSheets({});
  setCast({});
  view->showText(text, action);
}

void ExportPage::Impl::setSheets(const Sheets& now) {
  sheets = now;
  handOff->setEnabled(sheets != nullptr);
}

void ExportPage::Impl::setCast(std::shared_ptr<const SheetCast> now) {
  cast = std::move(now);
  animate->setEnabled(cast != nullptr);
}

std::optional<HandedSheet> ExportPage::Impl::handed() const {
  if (!sheets || view->shown() < 0) return {};
  const auto number = static_cast<std::size_t>(view->shown());
  const std::filesystem::path name = sheetFiles(bar->fileName().toStdString(), *sheets, {}).at(number).image.filename();
  return HandedSheet{.sheet = std::shared_ptr<const Sheet>(sheets, &sheets->at(number)),
                     .name = QString::fromStdString(name.string()),
                     .fullColour = form->fullColour(),
                     .exported = bar->exported(number)};
}

void ExportPage::Impl::openLoops() {
  if (!cast) return;
  auto* dialog = new LoopsDialog(session, cast, QString::fromStdString(session.project().name()), page);
  dialog->open();
}

void ExportPage::Impl::showSheets(const Sheets& made, const QList<QImage>& pictures, int characters) {
  int width = 0, height = 0, frames = 0;
  for (const Sheet& sheet : *made) {
    width = std::max(width, sheet.image.width());
    height = std::max(height, sheet.image.height());
    frames += static_cast<int>(sheet.frames.size());
  }
  figures = tr("%1 × %2 px").arg(width).arg(height);
  if (made->size() > 1) figures = tr("%1 sheets of at most %2").arg(made->size()).arg(figures);
  figures += "  ·  " + counted(characters, tr("%1 character"), tr("%1 characters")) + "  ·  " +
             counted(frames, tr("%1 frame"), tr("%1 frames"));
  view->showSheets(made, pictures);
  view->setInfo(figures);
  setSheets(made);
  bar->setSheets(made);
}

}  // namespace loom
