"""What the single steps of the flow do, and what its checks ask (步骤)."""
