"""The window: Qt Widgets that show what the app layer says and send wishes back."""
