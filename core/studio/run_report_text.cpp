// A report as a page and as a table.
#include <QByteArray>
#include <QString>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <vector>

#include "core/image/codec.h"
#include "core/studio/run_report.h"

namespace loom {
namespace {

std::string figure(double value) {
  if (!std::isfinite(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string escaped(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped().toStdString();
}

std::string counted(std::int64_t number, const char* one, const char* many) {
  return std::to_string(number) + " " + (number == 1 ? one : many);
}

std::string cell(const std::string& text, const char* kind = "td") {
  return "<" + std::string(kind) + ">" + escaped(text) + "</" + kind + ">";
}

constexpr const char* kStyle = R"(
body { font: 14px/1.5 sans-serif; margin: 2em; color: #23262c; background: #fff; }
table { border-collapse: collapse; }
td, th { padding: 3px 12px 3px 0; text-align: left; border-bottom: 1px solid #dcdcd6; }
td:nth-child(n+2):nth-child(-n+5) { text-align: right; font-variant-numeric: tabular-nums; }
figure { display: inline-block; margin: 6px 18px 6px 0; }
figcaption { color: #74787f; font-size: 12px; }
figure.copy figcaption { color: #b3261e; font-weight: bold; }
img { image-rendering: pixelated; margin-right: 4px; background: #e7e7e3; }
)";

std::string page(const RunReport& report, const std::string& title) {
  const RunEvaluation& evaluation = report.evaluation;
  std::string html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>" + escaped(title) +
                     "</title>\n<style>" + kStyle + "</style></head><body>\n<h1>" + escaped(title) + "</h1>\n<p>" +
                     escaped(reportSummary(report)) + "</p>\n<table>\n<tr>";
  for (const char* head : {"Measure", "Value", "±", "Floor", "Baseline", "Better", "Verdict"}) html += cell(head, "th");
  html += "</tr>\n";
  for (const Measure& one : evaluation.measures) {
    html += "<tr>" + cell(one.title) + cell(figure(one.value)) +
            cell(one.confidence ? figure(*one.confidence) : std::string()) + cell(figure(one.floor)) +
            cell(figure(one.baseline)) + cell(betterName(one.better)) + cell(verdict(one)) + "</tr>\n";
  }
  return html + "</table>\n";
}

std::string explanations(const RunEvaluation& evaluation) {
  std::string html = "<dl>\n";
  std::set<std::string> said;
  for (const Measure& one : evaluation.measures) {
    if (!said.insert(one.explanation).second) continue;
    html += cell(one.title.substr(0, one.title.find(',')), "dt") + cell(one.explanation, "dd") + "\n";
  }
  return html + "</dl>\n";
}

std::string picture(const Sprite& sprite, const std::string& what) {
  const std::vector<std::byte> png = encodePng(sprite);
  const QByteArray bytes(reinterpret_cast<const char*>(png.data()), static_cast<qsizetype>(png.size()));
  const int scale = std::max(1, 128 / std::max(1, sprite.height()));
  return "<img alt=\"" + escaped(what) + "\" title=\"" + escaped(what) + "\" width=\"" +
         std::to_string(scale * sprite.width()) + "\" height=\"" + std::to_string(scale * sprite.height()) +
         "\" src=\"data:image/png;base64," + bytes.toBase64().toStdString() + "\">";
}

std::string pictures(const RunEvaluation& evaluation) {
  std::string html = "<h2>Pictures</h2>\n<p>Each row: ";
  for (std::size_t i = 0; i < evaluation.columns.size(); ++i) {
    html += (i > 0 ? ", " : "") + escaped(evaluation.columns[i]);
  }
  html += ".</p>\n";
  for (const EvaluationExample& example : evaluation.examples) {
    html += example.isCopy ? "<figure class=\"copy\">" : "<figure>";
    for (std::size_t i = 0; i < example.sprites.size(); ++i) {
      html += picture(example.sprites[i], evaluation.columns[i]);
    }
    html += cell((example.isCopy ? "A copy: " : "") + example.caption, "figcaption") + "</figure>\n";
  }
  return html;
}

}  // namespace

std::string reportSummary(const RunReport& report) {
  const RunEvaluation& evaluation = report.evaluation;
  std::string text = "Step " + std::to_string(evaluation.step) + ", measured by " +
                     counted(evaluation.sprites, "held-out sprite", "held-out sprites") + " of " +
                     counted(evaluation.characters, "character", "characters");
  if (!report.against.empty()) text += " from " + report.against;
  if (evaluation.seen > 0) {
    text += "; " + std::to_string(evaluation.seen) + " of them are twins of training sprites, so the figures flatter";
  }
  return text + ".";
}

std::string reportAsHtml(const RunReport& report, const std::string& title) {
  return page(report, title) + explanations(report.evaluation) +
         (report.evaluation.examples.empty() ? std::string() : pictures(report.evaluation)) + "</body></html>\n";
}

std::string reportAsTable(const RunReport& report) {
  std::string text = "measure\tvalue\tinterval\tfloor\tbaseline\tbetter\tverdict\n";
  for (const Measure& one : report.evaluation.measures) {
    text += one.title + "\t" + figure(one.value) + "\t" + (one.confidence ? figure(*one.confidence) : "") + "\t" +
            figure(one.floor) + "\t" + figure(one.baseline) + "\t" + betterName(one.better) + "\t" + verdict(one) +
            "\n";
  }
  return text;
}

}  // namespace loom
