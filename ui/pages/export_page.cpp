#include "ui/pages/export_page.h"

#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/bridge/sheet_maker.h"
#include "ui/widgets/export_source_panel.h"
#include "ui/widgets/sheet_export_bar.h"
#include "ui/widgets/sheet_options_form.h"
#include "ui/widgets/sheet_view.h"

namespace loom {
namespace {

constexpr const char* kSplitterKey = "export/splitter";

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  QFont font = label->font();
  font.setBold(true);
  label->setFont(font);
  return label;
}

QWidget* scrolling(QWidget* content, int width) {
  auto* area = new QScrollArea;
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setMinimumWidth(width);
  area->setWidget(content);
  return area;
}

QString counted(int count, const QString& one, const QString& many) {
  return (count == 1 ? one : many).arg(QLocale().toString(count));
}

}  // namespace

struct ExportPage::Impl {
  ExportPage* page;
  Session& session;
  SheetMaker maker;
  ExportSourcePanel* source = nullptr;
  SheetOptionsForm* form = nullptr;
  SheetView* view = nullptr;
  SheetExportBar* bar = nullptr;
  Page helpfulPage = Page::kCreate;  // where the view's button leads
  int revision = 0;                  // of what the characters come from
  std::uint64_t wanted = 0;          // the newest request; 0: none
  QString figures;                   // of the sheet shown, as far as they are known at once

  Impl(ExportPage* owner, Session& shared) : page(owner), session(shared) {}
  void build();
  QWidget* buildLeft();
  QWidget* buildRight();
  void connectWidgets();
  void connectMaker();
  void connectSession();

  void adoptProject();
  void reload();
  void takeOptions();
  void refresh();
  void showLack(const QString& text, const QString& action, Page to);
  void showSheets(const Sheets& sheets, const QList<QImage>& pictures, int characters);
};

ExportPage::ExportPage(Session& session, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(this, session)) {
  setObjectName("exportPage");
  m_impl->build();
  m_impl->form->restore(QSettings());
  m_impl->connectWidgets();
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

void ExportPage::Impl::build() {
  view = new SheetView;
  auto* splitter = new QSplitter;
  splitter->setObjectName("exportSplitter");
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(buildLeft());
  splitter->addWidget(view);
  splitter->addWidget(buildRight());
  splitter->setStretchFactor(0, 0);
  splitter->setStretchFactor(1, 1);
  splitter->setStretchFactor(2, 0);
  splitter->restoreState(QSettings().value(kSplitterKey).toByteArray());
  connect(splitter, &QSplitter::splitterMoved, page,
          [splitter] { QSettings().setValue(kSplitterKey, splitter->saveState()); });
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->addWidget(splitter);
}

QWidget* ExportPage::Impl::buildLeft() {
  source = new ExportSourcePanel;
  auto* left = new QWidget;
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(0, 0, 8, 0);
  layout->addWidget(heading(tr("What goes on the sheet")));
  layout->addWidget(source, 1);
  return scrolling(left, 240);
}

QWidget* ExportPage::Impl::buildRight() {
  form = new SheetOptionsForm;
  bar = new SheetExportBar(session);
  auto* content = new QWidget;
  auto* inside = new QVBoxLayout(content);
  inside->setContentsMargins(8, 0, 8, 0);
  inside->addWidget(heading(tr("How it is laid out")));
  inside->addWidget(form);
  inside->addStretch();
  auto* right = new QWidget;
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scrolling(content, 280), 1);
  layout->addWidget(bar);
  return right;
}

void ExportPage::Impl::connectWidgets() {
  connect(source, &ExportSourcePanel::changed, page, [this] { refresh(); });
  connect(form, &SheetOptionsForm::changed, page, [this] {
    takeOptions();
    refresh();
  });
  connect(form, &SheetOptionsForm::dataChanged, page, [this] { takeOptions(); });
  connect(view, &SheetView::actionRequested, page, [this] { session.requestPage(helpfulPage); });
  auto* again = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_E), page);
  connect(again, &QShortcut::activated, bar, &SheetExportBar::exportAgain);
}

void ExportPage::Impl::connectMaker() {
  connect(&maker, &SheetMaker::progressed, page, [this](quint64 id, const Progress& now) {
    if (id != wanted || now.total == 0) return;
    view->setInfo(tr("%1: %2 of %3").arg(QString::fromStdString(now.stage)).arg(now.done).arg(now.total));
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
    showLack(error.what.left(1).toUpper() + error.what.mid(1) + hint, {}, Page::kExport);
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
}

void ExportPage::Impl::showLack(const QString& text, const QString& action, Page to) {
  maker.cancel();
  wanted = 0;
  helpfulPage = to;
  bar->noSheet();
  view->showText(text, action);
}

void ExportPage::Impl::showSheets(const Sheets& sheets, const QList<QImage>& pictures, int characters) {
  int width = 0, height = 0, frames = 0;
  for (const Sheet& sheet : *sheets) {
    width = std::max(width, sheet.image.width());
    height = std::max(height, sheet.image.height());
    frames += static_cast<int>(sheet.frames.size());
  }
  figures = tr("%1 × %2 px").arg(width).arg(height);
  if (sheets->size() > 1) figures = tr("%1 sheets of at most %2").arg(sheets->size()).arg(figures);
  figures += "  ·  " + counted(characters, tr("%1 character"), tr("%1 characters")) + "  ·  " +
             counted(frames, tr("%1 frame"), tr("%1 frames"));
  view->showSheets(sheets, pictures);
  view->setInfo(figures);
  bar->setSheets(sheets);
}

}  // namespace loom
