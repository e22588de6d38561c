/* A term of the glossary in the text editor: chosen from the list of terms, kept as a mark on words of the text. */

(() => {
  const { DocumentModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;

  class TermSource extends DocumentModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.termChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    /* Selected words stay as they are; without any, the term itself is written. */
    onChosen({ id, string }) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", { id, string });
      const key = content.getLastCreatedEntityKey();
      const next = selection.isCollapsed()
        ? EditorState.push(editorState, Modifier.replaceText(content, selection, string, null, key), "insert-characters")
        : RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(next);
    }
  }

  const Term = (props) => {
    const { string } = props.contentState.getEntity(props.entityKey).getData();
    const icon = window.React.createElement(window.wagtail.components.Icon, { name: "openquote" });
    return window.React.createElement(TooltipEntity, { ...props, icon, label: string || "–" });
  };

  registerPlugin({ type: "TERM", source: TermSource, decorator: Term }, "entityTypes");
})();
